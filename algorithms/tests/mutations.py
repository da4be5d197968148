"""Small slips in the kernels: comparisons, signs, bounds, constants, one statement forgotten, a wrong name."""

import ast
import copy
import re
import tomllib
from collections import Counter
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

ROOM = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

CONFUSED = [
    (ast.Lt, ast.LtE),
    (ast.Lt, ast.Gt),
    (ast.LtE, ast.GtE),
    (ast.Gt, ast.GtE),
    (ast.Eq, ast.NotEq),
    (ast.In, ast.NotIn),
    (ast.And, ast.Or),
    (ast.Add, ast.Sub),
    (ast.Mult, ast.Div),
    (ast.FloorDiv, ast.Mod),
]
OPPOSITES = {"min": "max", "argmin": "argmax", "first": "second", "d_first": "d_second"}
OPPOSITES |= {b: a for a, b in OPPOSITES.items()}


class Mutant(NamedTuple):
    """One slip in one kernel."""

    file: str  # its path below the room: "swaps/pam.py"
    function: str
    line: int
    name: str  # file, function, the line as it is and as it was made; the number of the line is no part of it
    source: str  # the whole module with the slip


def kernel_files(room=ROOM):
    """Return the files with the plain kernels and those of the bounds."""
    folders = ("bounds", "core", "starts", "swaps", "silhouettes", "sampling")
    return sorted(path for folder in folders for path in (room / folder).glob("*.py"))


def mutants(path, room):
    """Return all mutants of the kernels in a file of the room, in the order of their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found, seen = [], Counter()
    for kernel in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and is_kernel(node)):
        for statement, node, slip, put in slips(kernel):
            before = first_line(statement)
            put(slip)
            after = first_line(slip if node is statement else statement)
            name = f"{path.name} {kernel.name}: {before} -> {after}"
            seen[name] += 1
            name += f" ({seen[name]})" if seen[name] > 1 else ""
            file = path.relative_to(room).as_posix()
            found.append(Mutant(file, kernel.name, statement.lineno, name, ast.unparse(tree)))
            put(node)
    return sorted(found, key=lambda mutant: mutant.line)


@cache
def equivalents():
    """Return {line: pattern} of the list of mutants that compute the same as the kernel; "..." fits anything."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    lines = [line for entry in entries for line in entry["mutants"]]
    return {line: re.compile(re.escape(line).replace(re.escape("..."), ".*")) for line in lines}


def is_equivalent(mutant):
    """Whether the mutant is listed as one that no test can tell from the kernel."""
    return any(pattern.fullmatch(mutant.name) for pattern in equivalents().values())


def is_kernel(function):
    return any(ast.unparse(decorator) == "kernel" for decorator in function.decorator_list)


def first_line(node):
    return ast.unparse(node).splitlines()[0]


def slips(kernel):
    """Yield the statement, the node in it, what is written in its place, and what puts it there."""
    names = {"min", "max"} | {node.id for node in ast.walk(kernel) if isinstance(node, ast.Name)}
    new = first_bindings(kernel)
    for statement, node, put in places(kernel, kernel):
        for slip in (*mistaken_operator(node), *mistaken_value(node, names), *forgotten(node, new)):
            yield statement, node, slip, put


def places(parent, statement):
    """Yield the nodes below `parent`: the statement each stands in, itself, what puts another in its place."""
    for field, value in ast.iter_fields(parent):
        for i, node in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(node, ast.AST) and field != "decorator_list" and not is_size(node):
                inner = node if isinstance(node, ast.stmt) else statement
                put = partial(setattr, parent, field) if node is value else partial(value.__setitem__, i)
                yield inner, node, put
                yield from places(node, inner)


def is_size(node):
    """Whether this is dist.shape[...] or len(...): rows and columns, and the arrays of a cache, are equally many."""
    match node:
        case ast.Subscript(value=ast.Attribute(value=ast.Name(id="dist"), attr="shape")):
            return True
        case ast.Call(func=ast.Name(id="len")):
            return True
    return False


def changed(node, **fields):
    """Return a copy of the node with other fields."""
    node = copy.copy(node)
    for field, value in fields.items():
        setattr(node, field, value)
    return node


def mistaken_operator(node):
    """Yield a node with another operator in its place."""
    match node:
        case ast.Compare(ops=[operator]):
            yield from (changed(node, ops=[other]) for other in flipped(operator))
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) | ast.BoolOp(op=operator):
            yield from (changed(node, op=other) for other in flipped(operator))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):  # those are flipped themselves
                yield changed(node, test=ast.UnaryOp(ast.Not(), test))


def flipped(operator):
    for a, b in CONFUSED:
        if isinstance(operator, a | b):
            yield b() if isinstance(operator, a) else a()


def mistaken_value(node, names):
    """Yield a constant off by one, a range one shorter, the opposite name."""
    match node:
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
        case ast.Call(func=ast.Name(id="range"), args=[*start, stop]):
            yield changed(node, args=[*start, ast.BinOp(stop, ast.Sub(), ast.Constant(1))])
            if not start:
                yield changed(node, args=[ast.Constant(1), stop])
        case ast.Name(id=name, ctx=ast.Load()) if OPPOSITES.get(name) in names:
            yield changed(node, id=OPPOSITES[name])
        case ast.Attribute(attr=name) if name in OPPOSITES:
            yield changed(node, attr=OPPOSITES[name])


def forgotten(node, new):
    """Yield what is left when a statement, or one of the pairs of a tuple assignment, is left out."""
    match node:
        case ast.Continue():
            yield from (ast.Pass(), ast.Break())
        case ast.Break() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Assign(targets=[ast.Tuple(elts=targets) as left], value=ast.Tuple(elts=values) as right):
            for i in range(len(targets)):
                if targets[i] not in new:
                    rest = changed(left, elts=targets[:i] + targets[i + 1 :])
                    yield changed(node, targets=[rest], value=changed(right, elts=values[:i] + values[i + 1 :]))
        case ast.Assign(targets=[target]) if not new.issuperset(getattr(target, "elts", [target])):
            yield ast.Pass()


def first_bindings(function):
    """Return the nodes that give a local name its first value: without one of them every test fails."""
    names = [n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    first = {n.id: n for n in sorted(names, key=lambda n: (n.lineno, n.col_offset), reverse=True)}
    return set(first.values()) - {first.get(argument.arg) for argument in function.args.args}
