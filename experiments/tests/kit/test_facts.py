import pytest

from kmedoids_bench.experiments.kit.article import decided
from kmedoids_bench.experiments.kit.facts import Facts, enumerated, family
from kmedoids_bench.experiments.studies.answer import answer


@pytest.fixture(scope="module")
def facts(some):
    answers = {study.name: answer(study, some.rows_of(study), draw=False) for study in some.studies}
    return Facts(some, answers, decided(answers))


def test_speed_ups_are_those_of_the_main_dataset_at_the_largest_k(facts):
    table = facts.answers["swap_time"].tables["speedup_all"].frame
    ours = table[(table["implementation"] == "kmedoids_bench") & (table["dataset"] == "plants_texture")].dropna(
        subset="estimate"
    )
    gains = facts.gains()
    assert [one["start"] for one in gains] == ["BUILD", "random"]
    for one in gains:
        here = ours[ours["start_title"] == one["start"]]
        assert one["k"] == str(here["k"].max())
        value = here[(here["k"] == here["k"].max()) & (here["algorithm"] == "fasterpam")]["estimate"].item()
        assert float(one["FasterPAM"].partition(" ")[0].replace(",", "")) == pytest.approx(value, rel=0.01)
        assert one["listed"].endswith(f"and {one['FasterPAM']} times as long as FasterPAM's")


def test_a_spread_is_from_the_lowest_to_the_highest_of_our_measures(facts):
    name = "fastpam1_over_k"
    ours = [one.value for one in facts.answers["swap_time"].measures[name] if one.code_base == "kmedoids_bench"]
    low, high = (float(end) for end in facts.spread(f"swap_time.{name}").split(" to "))
    assert (low, high) == (pytest.approx(min(ours), rel=0.01), pytest.approx(max(ours), rel=0.01))
    assert facts.spread("swap_time.unknown") is None
    assert facts.spread("sampling.fastclara_loss") is None  # a study that was not measured


def test_every_claim_about_the_studies_is_counted_once(facts):
    counts = facts.counts()
    assert sum(number for _, number in counts) == len(facts.decided) == len(facts.claims())
    table = facts.tables()["verdicts"].frame
    assert sorted(",".join(table["which"]).replace(" ", "").split(",")) == sorted(
        claim["id"] for claim in facts.claims()
    )
    assert sum(number for _, number in facts.sources()) == len(facts.decided)


def test_what_was_compared_adds_up(facts):
    pairs = facts.agreement()
    assert pairs["compared"] == pairs["identical"] + pairs["tied"] + pairs["different"]


def test_without_studies_nothing_is_said(some):
    none = Facts(some, {}, [])
    assert (none.gains(), none.factors(), none.swaps(), none.losses(), none.counts()) == ([], [], [], [], [])
    assert (none.agreement(), none.between(), none.false_alarms()) == (None, None, None)
    assert "verdicts" not in none.tables()


def test_the_tables_name_every_dataset_and_program(facts):
    tables = facts.tables()
    assert list(tables["data"].frame["dataset"]) == ["digits", "plants_texture"]
    programs = tables["versions"].frame.set_index("of")["programs"]
    assert "kmedoids 0.5.5" in programs["kmedoids 0.5.5"]


@pytest.mark.parametrize(("parts", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")])
def test_enumerations(parts, text):
    assert enumerated(parts) == text


def test_a_long_series_of_datasets_has_one_name():
    assert {family(name) for name in ("pmed1", "pmed40", "digits")} == {"pmed (OR-Library)", "digits"}
