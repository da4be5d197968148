import pytest

from kmedoids_bench.experiments.exhibits.tables import entries
from kmedoids_bench.experiments.rows.reading import rows_frame
from kmedoids_bench.experiments.studies.quality import exhibits
from kmedoids_bench.experiments.studies.quality.analysis import SEEDS, analyse

RATIOS = {"fastpam1": 1.0, "fasterpam": 1.002, "fastpam2": 0.999, "alternating": 1.08}


def made(factory, seeds=SEEDS, k=10, **more):
    records = []
    for seed in range(seeds):
        for algorithm, ratio in RATIOS.items():
            # The ratios vary around what they are planted as, and PAM's own loss much more.
            wobble = 0 if algorithm == "fastpam1" else 0.0002 * (seed % 5 - 2)
            loss = (100 + 10 * (seed % 3)) * (ratio + wobble)
            fields = {"algorithm": algorithm, "loss": loss, "seed": seed, "start": "random", "k": k} | more
            records.append(factory.record(**fields))
    return rows_frame(records)


def test_planted_ratios_are_found(factory):
    found = analyse(made(factory)).measures
    for name in ("fasterpam", "fastpam2", "alternating"):
        (one,) = found[f"{name}_over_pam"]
        assert one.value == pytest.approx(RATIOS[name])
        assert one.low is not None
        assert one.high is not None
        assert RATIOS[name] - 0.001 < one.low < RATIOS[name] < one.high < RATIOS[name] + 0.001
        assert one.n == SEEDS == len(one.evidence)
    (worst,) = found["alternating_worst"]
    assert worst.value == pytest.approx(1.0804)
    assert worst.low == worst.high == worst.value
    assert len(worst.evidence) == 1


def test_a_library_is_a_code_base_of_its_own(factory):
    found = analyse(made(factory, implementation="kmedoids_055", tier="library")).measures
    assert {one.code_base for members in found.values() for one in members} == {"kmedoids_055"}


def test_too_few_seeds_other_starts_and_small_k_decide_nothing(factory):
    assert analyse(made(factory, seeds=SEEDS - 1)).measures == {}
    assert analyse(made(factory, start="build")).measures == {}
    assert set(analyse(made(factory, k=5)).measures) == {"fasterpam_over_pam", "fastpam2_over_pam"}
    without = made(factory)
    assert analyse(without[without["algorithm"] != "fastpam1"]).measures == {}
    assert analyse(without[:0]).measures == {}


def test_tables_figure_and_findings(factory):
    rows = made(factory)
    table = exhibits.tables(analyse(rows))["loss_over_pam"]
    assert [line[7] for line in entries(table)] == ["25"] * 3
    assert table.frame.set_index("algorithm").loc["alternating", "poorer"] == SEEDS
    assert list(exhibits.figures(analyse(rows))) == ["loss_by_method"]
    assert "Alternating's loss differs from PAM's by +8.00 %" in " ".join(exhibits.findings(analyse(rows)))
    (one,) = exhibits.headlines(analyse(rows))
    assert one.words == f"FasterPAM's loss beside PAM's from the same random start, mean of {SEEDS} runs"
    assert not list(exhibits.headlines(analyse(made(factory, seeds=1))))


def test_two_sizes_of_a_dataset_are_told_apart(factory):
    rows = rows_frame([*made(factory, seeds=3).to_dict("records"), *made(factory, seeds=3, n=500).to_dict("records")])
    labels = [
        label.get_text()
        for label in exhibits.figures(analyse(rows))["loss_by_method"].drawing.axes[0].get_yticklabels()
    ]
    assert labels == ["digits, n = 500, float32", "digits, n = 1,797, float32"]
