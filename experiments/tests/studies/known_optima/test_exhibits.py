import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.known_optima import exhibits
from kmedoids_bench.experiments.studies.known_optima.analysis import analyse, errors, known


def row(dataset, algorithm, loss, k, **more):
    block = f"{dataset}-{k}-{more.get('seed')}-{more.get('start')}"
    return {
        "block": block,
        "dataset": dataset,
        "n": 100,
        "k": k,
        "dtype": "int32",
        "metric": "m",
        "start": "build",
        "implementation": "kmedoids_bench",
        "algorithm": algorithm,
        "order": "C",
        "tier": "plain",
        "status": "ok",
        "loss": loss,
        "contender": f"kmedoids_bench/{algorithm}/C",
        "phase": "swap",
        "own_start": "",
        "setting": "",
        **more,
    }


# The optimum of pmed1 (k = 5) is 5819, that of pmed2 (k = 10) is 4093.
ROWS = rows_frame(
    [
        row("pmed1", "fastpam1", 5819.0, 5),
        row("pmed2", "fastpam1", 4093 * 1.02, 10),
        row("pmed2", "fastpam1", 9000.0, 3),  # another k: its optimum is not known
        row("digits", "fastpam1", 1.0, 5),
    ]
)


def test_only_the_k_whose_optimum_is_known_counts():
    assert sorted(errors(ROWS)["error"]) == pytest.approx([0, 0.02])


def test_findings_and_tables():
    said = " ".join(exhibits.findings(analyse(ROWS)))
    assert "the mean error over 2 instances is 1.00 % from BUILD; the largest error is 2.00 %" in said
    assert "reached the optimum in 1 of 2 results" in said
    assert "Results below a known optimum: none of 2, over all implementations." in said
    tables = exhibits.tables(analyse(ROWS))
    assert entries(tables["summary"])
    assert len(entries(tables["instances"])) == 2
    assert not entries(tables["printed"])  # without random sets there is no scale


def test_a_result_below_the_optimum_is_said():
    assert (
        "below a known optimum: 1 of 1"
        in list(exhibits.findings(analyse(rows_frame([row("pmed1", "fastpam1", 5818.0, 5)]))))[-1]
    )


def test_nothing_measured():
    assert list(exhibits.findings(analyse(ROWS[:0]))) == []
    for table in exhibits.tables(analyse(ROWS[:0])).values():
        entries(table)


def everything(instances, sets=100, alternating_seeds=10):
    """Rows as if loss were linear: random sets at twice the optimum, so that the scale is the error in percent."""
    records = []
    for name, facts in known().items():
        if int(name.removeprefix("pmed")) > instances:
            continue
        optimum, k = facts["optimum"], facts["k"]

        def at(algorithm, percent, optimum=optimum, k=k, name=name, **more):
            records.append(row(name, algorithm, optimum * (1 + percent / 100), k, **more))

        for seed in range(sets):
            at("random", 100 + (-20 if seed % 2 else 20), start="random", seed=seed, phase="start")
        at("build", 3, phase="start")
        at("fastpam1", 0.5)
        for seed in range(alternating_seeds):
            at("alternating", 30 + seed, start="kmeanspp", seed=seed)
    return rows_frame(records)


def test_planted_places_on_the_scale_are_found():
    found = analyse(everything(40)).measures
    expected = {
        "build_percent": 3,
        "pam_percent": 0.5,
        "alternating_percent": 34.5,
        "best_of_10_percent": 30,
        "build_less_pam_percent": 2.5,
        "alternating_less_build_percent": 31.5,
        "pam_error_percent": 0.5,
    }
    assert set(found) == set(expected)
    for name, value in expected.items():
        (one,) = found[name]
        assert one.value == pytest.approx(value)
        assert one.n == 40 == len(one.evidence)


def test_a_mean_over_fewer_instances_decides_nothing_but_is_shown():
    rows = everything(12)
    assert analyse(rows).measures == {}
    lines = entries(exhibits.tables(analyse(rows))["printed"])
    assert [line[0] for line in lines] == [
        "BUILD alone",
        "BUILD and PAM",
        "Alternating from k-means++",
        "the best of 10 runs of Alternating",
    ]
    assert {line[-1] for line in lines} == {"12"}
    assert list(exhibits.figures(analyse(rows))) == ["scale"]
    assert "BUILD alone: 3 (3.14 printed; 12 instances)" in " ".join(exhibits.findings(analyse(rows)))


def test_without_a_hundred_random_sets_there_is_no_scale():
    found = analyse(everything(40, sets=99)).measures
    assert set(found) == {"pam_error_percent"}
    assert exhibits.figures(analyse(everything(40, sets=99))) == {}


def test_the_best_of_several_runs_is_told_by_k():
    said = " ".join(exhibits.findings(analyse(everything(40))))
    assert (
        "of Alternating is at 30 on the 9 instances with k = 5, and at 30 on the other 31. A single run is at 34.5"
        in said
    )
    assert "On the same scale, the best of 10 runs" in said
    assert "On the same scale" not in " ".join(exhibits.findings(analyse(everything(1))))


def test_the_best_of_ten_needs_ten():
    assert "best_of_10_percent" not in analyse(everything(40, alternating_seeds=9)).measures
