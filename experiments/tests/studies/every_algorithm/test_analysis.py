from kmedoids_bench.experiments.studies.every_algorithm.analysis import analyse


def test_time_is_in_multiples_of_fasterpam(rows):
    table = analyse(rows).compared
    assert set(table["implementation"]) == {"kmedoids_bench"}
    assert (table[table["algorithm"] == "fasterpam"]["times"].dropna() == 1).all()
    slower = table[(table["algorithm"] == "pam") & (table["k"] == 10)].dropna(subset=["times"])
    assert (slower["times"] > 1).all()
    assert (slower["low"] <= slower["times"]).all()
    assert (slower["times"] <= slower["high"]).all()
