"""Small slips in the kernels: comparisons, signs, bounds, constants, one statement forgotten, a wrong name."""

import ast
import copy
import tomllib
from collections import Counter
from functools import partial
from pathlib import Path
from typing import NamedTuple

ROOM = Path(__file__).resolve().parents[1]
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.toml")

# Each operator with those it is mistaken for, as the ast module names them.
FLIPS = """Lt:LtE Lt:Gt LtE:Lt LtE:GtE Gt:GtE Gt:Lt GtE:Gt GtE:LtE Eq:NotEq NotEq:Eq In:NotIn NotIn:In And:Or Or:And
    Add:Sub Sub:Add Mult:Div Div:Mult FloorDiv:Mult Mod:Mult Pow:Mult""".split()
OPPOSITES = {"min": "max", "argmin": "argmax", "minimum": "maximum", "first": "second", "d_first": "d_second"}
OPPOSITES |= {b: a for a, b in OPPOSITES.items()}


class Mutant(NamedTuple):
    """One slip in one kernel."""

    file: str
    line: int
    name: str  # file, function, the line as it is and as it was made; the number of the line is no part of it
    source: str  # the whole module with the slip


def mutants(path):
    """Return all mutants of the kernels in a file, in the order of their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found, seen = [], Counter()
    for kernel in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and is_kernel(n)):
        new_names = first_bindings(kernel)
        for node, statement, put in places(kernel, kernel):
            before = first_line(statement)
            for slip in (*wrong_expressions(node), *forgotten(node, new_names)):
                put(slip)
                name = f"{path.name} {kernel.name}: {before} -> {first_line(slip if node is statement else statement)}"
                seen[name] += 1
                name += f" ({seen[name]})" if seen[name] > 1 else ""
                found.append(Mutant(path.name, statement.lineno, name, ast.unparse(tree)))
            put(node)
    return sorted(found, key=lambda mutant: mutant.line)


def equivalents():
    """Return {name: reason} of the mutants that compute the same as the kernel, so that no test can tell."""
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))["equivalent"]
    return {name: entry["reason"] for entry in entries for name in entry["mutants"]}


def is_kernel(function):
    return any(ast.unparse(decorator) == "kernel" for decorator in function.decorator_list)


def first_line(node):
    return ast.unparse(node).splitlines()[0]


def first_bindings(function):
    """Return the nodes that give a local name its first value: without them every test fails."""
    names = [n for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    first = {n.id: n for n in sorted(names, key=lambda n: (n.lineno, n.col_offset), reverse=True)}
    return set(first.values()) - {first.get(argument.arg) for argument in function.args.args}


def places(parent, statement):
    """Yield each node below `parent`, the statement it stands in, and what puts another one in its place."""
    for field, value in ast.iter_fields(parent):
        for i, node in enumerate(value if isinstance(value, list) else [value]):
            if field == "decorator_list" or not isinstance(node, ast.AST) or is_side_of_square(node):
                continue
            inner = node if isinstance(node, ast.stmt) else statement
            put = partial(value.__setitem__, i) if isinstance(value, list) else partial(setattr, parent, field)
            yield node, inner, put
            yield from places(node, inner)


def is_side_of_square(node):
    """Whether this is dist.shape[...]: the number of rows or columns, which are the same."""
    return isinstance(node, ast.Subscript) and ast.unparse(node.value) == "dist.shape"


def changed(node, **fields):
    """Return a copy of the node with other fields."""
    node = copy.copy(node)
    for field, value in fields.items():
        setattr(node, field, value)
    return node


def flipped(operator):
    pairs = (flip.split(":") for flip in FLIPS)
    return [getattr(ast, other)() for one, other in pairs if one == type(operator).__name__]


def wrong_expressions(node):
    """Yield what might have been written by mistake in place of a node."""
    match node:
        case ast.Compare(ops=[operator]):
            yield from (changed(node, ops=[other]) for other in flipped(operator))
        case ast.BinOp(op=operator) | ast.AugAssign(op=operator) | ast.BoolOp(op=operator):
            yield from (changed(node, op=other) for other in flipped(operator))
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
        case ast.Name(id=name, ctx=ast.Load()) if name in OPPOSITES:
            yield changed(node, id=OPPOSITES[name])
        case ast.Attribute(attr=name) if name in OPPOSITES:
            yield changed(node, attr=OPPOSITES[name])
        case ast.Call(func=ast.Name(id="range"), args=[*start, stop]):
            yield changed(node, args=[*start, ast.BinOp(stop, ast.Sub(), ast.Constant(1))])
            if not start:
                yield changed(node, args=[ast.Constant(1), stop])
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):  # those are flipped themselves
                yield changed(node, test=ast.UnaryOp(ast.Not(), test))


def forgotten(node, new_names):
    """Yield what is left of a statement, or of a pair in a tuple assignment, that was left out."""
    match node:
        case ast.Continue():
            yield from (ast.Pass(), ast.Break())
        case ast.Break() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Assign(targets=[ast.Tuple(elts=targets) as left], value=ast.Tuple(elts=values) as right):
            for i in (i for i, target in enumerate(targets) if target not in new_names):
                rest = changed(left, elts=targets[:i] + targets[i + 1 :])
                yield changed(node, targets=[rest], value=changed(right, elts=values[:i] + values[i + 1 :]))
        case ast.Assign(targets=[target]) if target not in new_names:
            yield ast.Pass()
