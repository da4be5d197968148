import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.ablations import SETTINGS
from kmedoids_bench.experiments.studies.ablations.analysis import analyse
from kmedoids_bench.experiments.studies.ablations.exhibits import figures, findings, headlines, tables

LOOKUPS = {"pam": 6000, "eagerpam": 2000, "fastpam1": 600, "fasterpam": 100}
LOSS = {"pam": 100.0, "eagerpam": 101.0, "fastpam1": 100.0, "fasterpam": 99.0}


def factors(factory, seeds=(0, 1, 2), **more):
    return [
        factory.record(algorithm=name, loss=LOSS[name], n_lookups=(1 + seed) * LOOKUPS[name], n_swaps=4, seed=seed)
        | {"block": f"random{seed}", "start": "random", "seconds": None}
        | more
        for seed in seeds
        for name in LOOKUPS
    ]


def sampled(factory, algorithm, value, loss, lookups, seed):
    setting = f"max_candidates={value}"
    named = {"setting": setting, "contender": f"kmedoids_bench/{algorithm}[{setting}]/C", "block": f"random{seed}"}
    return factory.record(algorithm=algorithm, loss=loss, n_lookups=lookups, seed=seed, start="random") | named


def test_what_each_idea_saves(factory):
    result = analyse(rows_frame(factors(factory)))
    (line,) = result.savings.to_dict("records")
    assert line["starts"] == 3
    assert (line["eager"], line["shared"], line["both"]) == pytest.approx((3, 10, 60))
    assert line["together"] == pytest.approx(2)
    assert line["both_low"] == pytest.approx(60)  # in all three the same
    loss = result.counts.set_index("algorithm")["loss_percent"].to_dict()
    assert loss == pytest.approx({"pam": 0, "eagerpam": 1, "fastpam1": 0, "fasterpam": -1})


def test_a_block_without_all_four_says_nothing(factory):
    rows = [row for row in factors(factory) if (row["algorithm"], row["seed"]) != ("eagerpam", 1)]
    assert analyse(rows_frame(rows)).savings["starts"].tolist() == [2]


def test_settings_are_compared_from_the_same_seed(factory):
    usual, more = "2.5% of n-k", "10% of n-k"
    rows = [
        sampled(factory, "fastclarans", value, loss + seed, lookups * (1 + seed), seed)
        for seed in range(3)
        for value, loss, lookups in ((usual, 100.0, 50), (more, 98.0, 200))
    ]
    rows.append(sampled(factory, "fastclarans", more, 1.0, 1, 7))  # nothing to compare it with
    rows.append(sampled(factory, "fastclarans", "3% of n-k", 1.0, 1, 0))  # another profile's
    settings = analyse(rows_frame(rows)).settings
    assert settings["value"].tolist() == [usual, more]
    assert settings["starts"].tolist() == [3, 3]
    assert settings["entries"].tolist() == pytest.approx([1, 4])
    assert settings["loss_percent"].tolist() == pytest.approx([0, -100 * (2 / 100 + 2 / 101 + 2 / 102) / 3])


def test_what_is_shown(factory):
    values = (("2.5% of n-k", 100.0, 50), ("1.25% of n-k", 101.0, 25))
    rows = [sampled(factory, "fastclarans", value, loss, n, seed) for seed in range(3) for value, loss, n in values]
    result = analyse(rows_frame([*factors(factory), *rows]))
    made = tables(result)
    assert [len(made[name].frame) for name in ("savings", "counts", "settings")] == [1, 4, 2]
    assert all(entries(table) for table in made.values())
    assert set(figures(result)) == {"entries_digits"}
    (headline,) = headlines(result)
    assert headline.value == "60.0 times"
    assert headline.words.endswith(
        ": 3.00 times as many as with eager swaps alone, 10.0 times as many as with shared sums alone"
    )
    savings, eager, faster, rate = findings(result)
    assert "PAM reads 3.00 times as many entries as EagerPAM (eager swaps alone), 10.0 times as many as" in savings
    assert "EagerPAM's loss differs from PAM's by +1 % on average over 1 problem" in eager
    assert "FasterPAM's loss differs from PAM's by -1 %" in faster
    assert rate == (
        "FastCLARANS with 1.25 % of n - k in place of 2.5 % of n - k: the loss changes by +1 % on average over "
        "1 problem, and 0.500 times as many entries are read."
    )


def test_nothing_of_nothing(factory):
    nothing = analyse(rows_frame(factors(factory))[:0])
    assert [*findings(nothing), *headlines(nothing)] == []
    assert figures(nothing) == {}
    assert not any(entries(table) for table in tables(nothing).values())


def test_the_setting_of_the_papers_is_among_those_tried():
    assert all(usual in values for _, values, usual in SETTINGS.values())
