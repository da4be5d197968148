import pytest

from kmedoids_bench.experiments.exhibits.tables import entries, markdown_text
from kmedoids_bench.experiments.planning.contenders import contenders
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.sampling import STUDY, exhibits
from kmedoids_bench.experiments.studies.sampling.analysis import LARGE, SMALL, analyse


@pytest.fixture
def rows(factory):
    records = []
    for k in (5, 20):
        for n, order in ((1797, "C"), (1797, "points"), (600, "points")):
            for number in range(5):
                for name, setting, seconds in (
                    ("clara", SMALL, 0.4),
                    ("clara", LARGE, 0.8),
                    ("fastclara", LARGE, 0.2),
                    ("clarans", "", 0.5),
                    ("fastclarans", "", 0.1),
                    ("fasterpam", "", 0.3),
                ):
                    if name == "fasterpam" and order == "points":
                        continue
                    records.append(
                        factory.record(
                            algorithm=name,
                            setting=setting,
                            k=k,
                            n=n,
                            order=order,
                            seed=0,
                            round=number,
                            contender=f"kmedoids_bench/{name}[{setting}]/{order}",
                            seconds=seconds,
                            start="random",
                            phase="swap" if name == "fasterpam" else "total",
                            loss=100 + seconds,
                            own_start="" if name == "fasterpam" else "random",
                        )
                    )
    return rows_frame(records)


def test_sample_sizes_are_contenders_of_their_own():
    names = [c.name for c in contenders(STUDY, "fastclara", "random", [])]
    assert names == [
        "kmedoids_bench/fastclara[sample_size=40+2k, own random]/C",
        "kmedoids_bench/fastclara[sample_size=80+4k, own random]/C",
    ]
    assert [c.setting for c in contenders(STUDY, "fasterclarans", "random", [])] == [""]


def test_points_stand_beside_the_matrix(rows):
    found = analyse(rows).compared
    assert set(found.loc[found["n"] == 1797, "order"]) == {"C", "points"}
    assert set(found["sample"]) == {"", "40 + 2k", "80 + 4k"}


def test_tables_figures_and_findings(rows):
    result = analyse(rows)
    tables = exhibits.tables(result)
    assert "4.00" in markdown_text(tables["ratios"])  # CLARA over FastCLARA, both with large samples
    assert entries(tables["all"])
    assert set(exhibits.figures(result)) == {"time_over_k_digits_1797", "time_over_n_digits_5", "time_over_n_digits_20"}
    said = list(exhibits.findings(result))
    assert any("Time of FastCLARANS over that of CLARANS, for each k >= 10: 0.200" in line for line in said)
    assert "with samples of 80 + 4k: FastCLARANS 0.00 %, FastCLARA 0.10 %" in said[-1]  # not those of 40 + 2k


def test_nothing_measured(rows):
    result = analyse(rows[:0])
    assert list(exhibits.findings(result)) == []
    assert exhibits.figures(result) == {}
    assert all(not entries(table) for table in exhibits.tables(result).values())
