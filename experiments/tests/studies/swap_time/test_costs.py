import pytest

from kmedoids_bench.experiments.analysis.speedups import problems_of
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.swap_time.code_bases import code_bases, counters
from kmedoids_bench.experiments.studies.swap_time.costs import costs


def costs_of(records):
    rows = rows_frame(records).assign(result_class="x")
    return costs(code_bases(problems_of(rows)), counters(rows))


def test_pam_pays_for_every_slot_and_fastpam1_for_every_candidate(factory):
    n, visits = factory.record()["n"], 1000
    records = [
        factory.record(k=10, algorithm=algorithm, implementation=implementation, n_evaluations=counted, seconds=seconds)
        for algorithm, seconds in (("pam", 1e-5 * n), ("fastpam1", 1e-6 * n))
        for implementation, counted in (("kmedoids_bench", visits), ("lib", None))
    ]
    frame = costs_of(records).set_index("algorithm")
    assert frame["visit"].tolist() == ["candidate, object", "slot, candidate, object"]
    for implementation in ("kmedoids_bench", "lib"):
        assert frame.loc["pam", implementation] == pytest.approx(1.0)
        assert frame.loc["fastpam1", implementation] == pytest.approx(1.0)


def test_a_library_with_other_medoids_made_other_visits(factory):
    records = [
        factory.record(algorithm="fasterpam", n_evaluations=1000),
        factory.record(algorithm="fasterpam", implementation="lib", n_evaluations=None, medoids=[7, 8]),
    ]
    frame = costs_of(records)
    assert frame["kmedoids_bench"].notna().all()
    assert frame["lib"].isna().all()


def test_nothing_was_counted(factory):
    assert costs_of([factory.record(n_evaluations=None, n_passes=None)]).empty
