from kmedoids_bench.experiments.exhibits.tables import entries, markdown_text
from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.field import STUDY, exhibits
from kmedoids_bench.experiments.studies.field.analysis import analyse
from kmedoids_bench.experiments.studies.field.exhibits import phase_title


def test_everything_a_library_offers_takes_part():
    assert {"pam", "fasterpam", "build", "clara", "clarans"} <= set(STUDY.algorithms)
    names = {contender.name for contender in contenders(STUDY, "fasterpam", "random")}
    assert {
        "kmedoids_bench/fasterpam/C",
        "kmedoids_bench/fasterpam[whole call]/C",
        "kmedoids_bench/fasterpam[own random]/C",
        "kmedoids_055/fasterpam[own random]/F",
    } <= names


def test_sampling_joins_where_the_start_is_random():
    assert [c.name for c in contenders(STUDY, "fastclara", "random") if c.tier == "plain"] == [
        "kmedoids_bench/fastclara[own random]/C"
    ]
    assert not [c for c in contenders(STUDY, "fastclara", "build") if c.tier == "plain"]


def test_calls_are_named_by_what_they_do():
    assert phase_title("swap", "") == "swaps from given start medoids"
    assert phase_title("total", "") == "whole call from given start medoids"
    assert phase_title("total", "build") == "whole call with its own start, BUILD"


def test_tables_figures_and_findings_come_from_rows(rows, classes):
    result = analyse(rows.assign(result_class=rows["contender"].map(classes)))
    tables = exhibits.tables(result)
    assert entries(tables["ranking"])
    assert "FasterPAM" in markdown_text(tables["cells"])
    assert list(exhibits.findings(result))
    assert exhibits.figures(result) == {}  # nobody chose a start of its own


def test_without_rows_nothing_is_claimed():
    result = analyse(rows_frame([]).assign(result_class=""))
    assert list(exhibits.findings(result)) == []
    assert all(not entries(table) for table in exhibits.tables(result).values())


def test_a_fast_call_with_a_high_loss_is_no_rival(factory):
    def record(implementation, algorithm, seconds, loss, round):
        name = f"{implementation}/{algorithm}/C"
        more = {"implementation": implementation, "contender": name, "series": round % 3, "round": round}
        tier = "plain" if implementation == "kmedoids_bench" else "library"
        return factory.record(algorithm=algorithm, seconds=seconds, loss=loss, phase="swap", tier=tier, **more)

    calls = [
        ("kmedoids_bench", "fasterpam", 1.0, 100.0),
        ("kmedoids_055", "alternating", 0.5, 110.0),
        ("kmedoids_055", "fasterpam", 2.0, 100.5),
    ]
    records = [record(*call, number) for number in range(6) for call in calls]
    for good, words in ((True, "FasterPAM of kmedoids 0.5.5. It takes 2.00 times"), (False, "takes 0.500 times")):
        some = [one for one in records if good or one["contender"] != "kmedoids_055/fasterpam/C"]
        result = analyse(rows_frame(some).assign(result_class=""))
        (finding,) = exhibits.findings(result)
        assert words in finding
        assert ("whose loss is at most 1 % above the best" in finding) == good
        assert f"On average, its loss is {'0.500' if good else '10.0'} % above the best." in finding
        assert [one.value for one in exhibits.headlines(result)] == (["2.00 times"] if good else [])
