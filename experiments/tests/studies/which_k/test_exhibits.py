import pandas as pd

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.studies.which_k import exhibits
from kmedoids_bench.experiments.studies.which_k.analysis import analyse


def test_tables_have_lines(result):
    tables = exhibits.tables(result)
    assert [name for name, table in tables.items() if not entries(table)] == ["counted"]
    ways = {line[4] for line in entries(tables["choice"])}
    assert ways == {
        "DynMSC",
        "FasterMSC for every k, silhouette",
        "FasterPAM for every k, silhouette",
        "FasterPAM for every k, elbow",
    }


def test_figures_over_k_and_of_the_choice(result):
    figures = exhibits.figures(result)
    assert set(figures) == {
        *("silhouette_plants_texture", "seconds_plants_texture", "silhouette_s1", "seconds_s1"),
        *("silhouette_mnist", "seconds_mnist", "choice"),
    }
    assert [axes.get_title(loc="left") for axes in figures["choice"].drawing.axes] == [
        "known classes",
        "known clusters",
    ]
    assert "for 2 datasets" in figures["choice"].alt
    # The elbow and the silhouette differ in the mark, whatever the algorithm.
    marks = {line.get_label(): line.get_markerfacecolor() for line in figures["choice"].drawing.axes[1].lines}
    assert marks["FasterPAM for every k, elbow"] == "white" != marks["FasterPAM for every k, silhouette"]


def test_findings(result):
    said = list(exhibits.findings(result))
    assert (
        "The number of clusters is known for 1 dataset (s1). Who chooses it: DynMSC in 3 of 3 starts (on average 1.00 "
        "of the known number), the best medoid silhouette of FasterMSC over all k in 3 of 3 starts (on average 1.00 of "
        "the known number), the elbow of the losses of FasterPAM in 0 of 3 starts (on average 0.533 of the known "
        "number), the best medoid silhouette of FasterPAM over all k in 3 of 3 starts (on average 1.00 of the known "
        "number)."
    ) in said
    (eager,) = (one for one in said if one.startswith("From the same medoids, FasterMSC ends"))
    assert "FasterPAM's on average over 2 problems, and at most 1.50 times, on plants_texture" in eager
    assert any(one.startswith("Time of PAMMEDSIL over that of FastMSC at k = 100: 10,000") for one in said)
    (headline,) = exhibits.headlines(result)
    assert headline.value == "3 of 3"


def test_nothing_of_nothing(world):
    nothing = analyse(world[:0])
    assert list(exhibits.findings(nothing)) == []
    assert list(exhibits.headlines(nothing)) == []
    assert exhibits.figures(nothing) == {}
    assert all(not entries(table) for table in exhibits.tables(nothing).values())


def test_ways_are_compared_on_the_data_on_which_all_were_tried(result):
    choices = result.choices[result.choices["known_of"] == "clusters"]
    elsewhere = choices[choices["algorithm"] == "dynmsc"].assign(dataset="s2", right=0)
    both, few = exhibits._right("clusters", pd.concat([choices, elsewhere]))
    assert "for 2 datasets (s1, s2). Who chooses it: DynMSC in 3 of 6 starts" in both
    assert "FasterPAM" not in both
    assert "for 1 dataset (s1). Who chooses it: DynMSC in 3 of 3 starts" in few
    assert "FasterPAM over all k in 3 of 3" in few
