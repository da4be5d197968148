import ast

import mutations

SOURCE = """
@kernel
def least(values):
    best = values[0]
    for v in values:
        if v < best:
            best = v
    return best

def no_kernel(a, b):
    return a < b
"""


def test_each_slip_is_one_changed_line_of_a_kernel(tmp_path):
    path = tmp_path / "example.py"
    path.write_text(SOURCE)
    found = mutations.mutants(path, tmp_path)
    assert [mutant.name.removeprefix("example.py least: ") for mutant in found] == [
        "best = values[0] -> best = values[1]",
        "best = values[0] -> best = values[-1]",
        "if v < best: -> if v <= best:",
        "if v < best: -> if v > best:",
        "best = v -> pass",
    ]
    original = ast.unparse(ast.parse(SOURCE)).splitlines()
    for mutant in found:
        assert sum(a != b for a, b in zip(original, mutant.source.splitlines(), strict=True)) == 1


def test_the_mutants_listed_as_equivalent_exist():
    existing = [mutant.name for path in mutations.kernel_files() for mutant in mutations.mutants(path, mutations.ROOM)]
    for line, pattern in mutations.equivalents().items():
        assert any(pattern.fullmatch(name) for name in existing), line


def test_dots_in_the_list_stand_for_anything(tmp_path, monkeypatch):
    monkeypatch.setattr(mutations, "EQUIVALENT", tmp_path / "list.toml")
    mutations.EQUIVALENT.write_text('[[equivalent]]\nreason = "?"\nmutants = ["a.py f: x[0] -> x[...]"]')
    (pattern,) = mutations.equivalents.__wrapped__().values()
    assert pattern.fullmatch("a.py f: x[0] -> x[-1]")
    assert not pattern.fullmatch("a.py f: x[0] -> x(1)")
