"""Loops in vector registers that numba does not write by itself, made of LLVM's own vector operations.

Layout. `add_square` evaluates eight candidates side by side, one in each lane: eight entries of each of their rows are
loaded and transposed in registers, so that each vector holds what one object costs under the eight candidates. Then
there is no branch left, and no sum is split up. `less_than` compares 64 neighbouring entries of a row with a bound and
returns a bit for each; with AVX-512 that is four instructions for float32.

They compile on every machine, to as many instructions as its registers need. With the JIT off they are plain Python.
"""

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import config
from numba.extending import intrinsic

LANES = 64
AHEAD = 512  # entries: how far in front of the comparisons the row is fetched; more does not help
LINE = 64  # bytes in a cache line


def pointer(context, builder, array_type, array, start):
    """Address of array[start]."""
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [start])


def vector_at(context, builder, array_type, array, start, size):
    """Load neighbouring entries of an array."""
    item = context.get_data_type(array_type.dtype)
    place = pointer(context, builder, array_type, array, start)
    place = builder.bitcast(place, ir.VectorType(item, size).as_pointer())
    return builder.load(place, align=context.get_abi_sizeof(item))


def to_float64(builder, dtype, entries):
    """Convert a vector of entries of the given numba type."""
    if dtype == types.float64:
        return entries
    wide = ir.VectorType(ir.DoubleType(), entries.type.count)
    if isinstance(dtype, types.Float):
        return builder.fpext(entries, wide)
    return (builder.sitofp if dtype.signed else builder.uitofp)(entries, wide)


def fetch_ahead(context, builder, array_type, array, start):
    """Ask for the cache lines of the `LANES` entries that come `AHEAD` entries later, in this row or the next."""
    byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
    kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
    fetch = builder.module.declare_intrinsic("llvm.prefetch.p0", (), kind)
    size = context.get_abi_sizeof(context.get_data_type(array_type.dtype))
    for offset in range(0, LANES, LINE // size):
        place = builder.add(start, ir.Constant(start.type, AHEAD + offset))
        address = builder.bitcast(pointer(context, builder, array_type, array, place), byte)
        builder.call(fetch, [address, number(0), number(3), number(1)])  # to read, keep it, data


def in_all_lanes(builder, number, size):
    """Return a vector of equal numbers."""
    undefined = ir.Constant(ir.VectorType(number.type, size), ir.Undefined)
    first = ir.Constant(ir.VectorType(ir.IntType(32), size), [0] * size)
    return builder.shuffle_vector(
        builder.insert_element(undefined, number, ir.IntType(32)(0)), undefined, first
    )


@intrinsic
def less_than(_, row, start, bound):  # type: ignore[reportRedeclaration]
    """Return as bits of a uint64 which of row[start : start + 64] are less than the bound, a float64."""

    def generate(context, builder, signature, arguments):
        row_type, (row, start, bound) = signature.args[0], arguments
        fetch_ahead(context, builder, row_type, row, start)
        entries = vector_at(context, builder, row_type, row, start, LANES)
        if row_type.dtype == types.float32:  # then the bound is one, too
            bound = builder.fptrunc(bound, ir.FloatType())
        else:
            entries = to_float64(builder, row_type.dtype, entries)
        less = builder.fcmp_ordered("<", entries, in_all_lanes(builder, bound, LANES))
        return builder.bitcast(less, ir.IntType(LANES))  # the first entry is the lowest bit

    return types.uint64(row, types.intp, types.float64), generate


@intrinsic
def lowest(_, mask):  # type: ignore[reportRedeclaration]
    """Return the place of the lowest bit of a uint64; at least one has to be set."""

    def generate(context, builder, signature, arguments):
        return builder.cttz(arguments[0], ir.IntType(1)(1))

    return types.intp(types.uint64), generate


SQUARE = 8  # candidates side by side, and objects that are read of each at a time


def transposed(builder, rows):
    """Transpose a square of vectors: interleave one half with the other until every column is a vector."""
    size, number = len(rows), ir.IntType(32)
    for _ in range(size.bit_length() - 1):
        halves = zip(rows[: size // 2], rows[size // 2 :], strict=True)
        rows = []
        for one, other in halves:
            for begin in (0, size // 2):
                places = [number(begin + j // 2 + j % 2 * size) for j in range(size)]
                mask = ir.Constant(ir.VectorType(number, size), places)
                rows.append(builder.shuffle_vector(one, other, mask))
    return rows


@intrinsic
def add_square(_, dist, candidates, start, first, d_first, d_second, changes, shared):  # type: ignore[reportRedeclaration]
    """Add what the objects start .. start + 7 contribute to the changes by eight candidates.

    candidates: int64, shape (8,); changes: R_i + B_ic, shape (8k,), slot by slot; shared: A_c, shape (8,).
    """

    def generate(context, builder, signature, arguments):
        arrays = dict(
            zip(
                ("dist", "candidates", "", "first", "d_first", "d_second", "changes", "shared"),
                zip(signature.args, arguments, strict=True),
                strict=True,
            )
        )
        _, start = arrays.pop("")
        double = ir.VectorType(ir.DoubleType(), SQUARE)

        def address(name, place):
            return pointer(context, builder, *arrays[name], place)

        def entry(name, place):
            return builder.load(address(name, place))

        def less(a, b):
            return builder.select(builder.fcmp_ordered("<", a, b), a, b)

        def more(a, b):
            return builder.select(builder.fcmp_ordered(">", a, b), a, b)

        def constant(number):
            return ir.Constant(start.type, number)

        n = builder.extract_value(
            context.make_array(arrays["dist"][0])(context, builder, arrays["dist"][1]).shape, 1
        )
        rows = []
        for j in range(SQUARE):
            begin = builder.add(builder.mul(entry("candidates", constant(j)), n), start)
            rows.append(vector_at(context, builder, *arrays["dist"], begin, SQUARE))
        place = builder.bitcast(address("shared", constant(0)), double.as_pointer())
        sums = builder.load(place, align=8)
        for j, row in enumerate(transposed(builder, rows)):
            o = builder.add(start, constant(j))
            d = to_float64(builder, arrays["dist"][0].dtype, row)
            near = in_all_lanes(builder, entry("d_first", o), SQUARE)
            second = in_all_lanes(builder, entry("d_second", o), SQUARE)
            sums = builder.fadd(sums, builder.fsub(less(d, near), near))
            slot = builder.mul(builder.zext(entry("first", o), start.type), constant(SQUARE))
            change = builder.bitcast(address("changes", slot), double.as_pointer())
            share = builder.fsub(less(more(d, near), second), second)
            builder.store(builder.fadd(builder.load(change, align=8), share), change, align=8)
        builder.store(sums, place, align=8)
        return context.get_dummy_value()

    return types.void(dist, candidates, types.intp, first, d_first, d_second, changes, shared), generate


if config.DISABLE_JIT:  # type: ignore[attr-defined]  # read from the environment

    def less_than(row, start, bound):  # type: ignore[reportRedeclaration]
        """Return as bits which of row[start : start + 64] are less than the bound."""
        return np.uint64(sum(1 << p for p in np.flatnonzero(row[start : start + LANES] < bound).tolist()))

    def lowest(mask):  # type: ignore[reportRedeclaration]
        """Return the place of the lowest bit of a uint64; at least one has to be set."""
        return (int(mask) & -int(mask)).bit_length() - 1

    def add_square(dist, candidates, start, first, d_first, d_second, changes, shared):  # type: ignore[reportRedeclaration]
        """Add what the objects start .. start + 7 contribute to the changes by eight candidates."""
        for o in range(start, start + SQUARE):
            d = np.array([dist[c, o] for c in candidates], np.float64)
            shared += np.minimum(d, d_first[o]) - d_first[o]
            place = SQUARE * int(first[o])
            share = np.minimum(np.maximum(d, d_first[o]), d_second[o]) - d_second[o]
            changes[place : place + SQUARE] += share
