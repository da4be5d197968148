"""The operations of `lanes_plain` in vector registers, made of LLVM's own vector operations.

numba does not write these loops by itself. `add_square` evaluates eight candidates side by side, one in each lane:
eight entries of each of their rows are loaded and transposed in registers, so that each vector holds what one object
costs under the eight candidates. Then there is no branch left, and no sum is split up. `note_less` compares 16
neighbouring entries of a row with their bounds and packs the places of the lesser ones, without a branch; what is rare
is then visited place by place. With AVX-512 that is half an instruction an entry.

The operations compile on every machine, to as many instructions as its registers need.
"""

from llvmlite import binding, ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from kmedoids_bench.algorithms.tuned.lanes_plain import LANES, SQUARE

# An older LLVM does not know llvm.experimental.vector.compress, and ends the process when it meets it.
AVAILABLE = binding.llvm_version_info >= (19,)
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


def in_all_lanes(builder, number, size):
    """Return a vector of equal numbers."""
    undefined = ir.Constant(ir.VectorType(number.type, size), ir.Undefined)
    first = ir.Constant(ir.VectorType(ir.IntType(32), size), [0] * size)
    return builder.shuffle_vector(builder.insert_element(undefined, number, ir.IntType(32)(0)), undefined, first)


def converted(builder, dtype, entries, to):
    """Convert a vector of entries of one numba type to float32 or float64, whichever holds all of them."""
    if to == types.float64:
        return to_float64(builder, dtype, entries)
    if dtype == types.float32:
        return entries
    wide = ir.VectorType(ir.FloatType(), entries.type.count)
    return (builder.sitofp if dtype.signed else builder.uitofp)(entries, wide)


def append_places(context, builder, less, start, places_type, places, count):
    """Append to places[:count] the places, from `start` on, of the lanes that are set; return the new count."""
    number, integers = ir.IntType(32), ir.VectorType(ir.IntType(32), LANES)
    numbers = in_all_lanes(builder, builder.trunc(start, number), LANES)
    numbers = builder.add(numbers, ir.Constant(integers, list(range(LANES))))
    kind = ir.FunctionType(integers, [integers, less.type, integers])
    name = f"llvm.experimental.vector.compress.v{LANES}i32"
    compress = cgutils.get_or_insert_function(builder.module, kind, name)
    numbers = builder.call(compress, [numbers, less, ir.Constant(integers, ir.Undefined)])
    place = pointer(context, builder, places_type, places, count)
    builder.store(numbers, builder.bitcast(place, integers.as_pointer()), align=4)
    n_set = builder.ctpop(builder.bitcast(less, ir.IntType(LANES)))
    return builder.add(count, builder.zext(n_set, count.type))


@intrinsic
def note_less(_, row, bounds, start, places, count):
    """Append to places[:count] which of row[start : start + 16] are less than their bounds; return the new count."""

    def generate(context, builder, signature, arguments):
        row_type, bounds_type, _, places_type, _ = signature.args
        row, bounds, start, places, count = arguments
        entries = vector_at(context, builder, row_type, row, start, LANES)
        entries = converted(builder, row_type.dtype, entries, bounds_type.dtype)
        less = builder.fcmp_ordered("<", entries, vector_at(context, builder, bounds_type, bounds, start, LANES))
        return append_places(context, builder, less, start, places_type, places, count)

    return types.intp(row, bounds, types.intp, places, types.intp), generate


@intrinsic
def note_less_than(_, row, bound, start, places, count):
    """Append to places[:count] which of row[start : start + 16] are less than one number; return the new count."""

    def generate(context, builder, signature, arguments):
        row_type, bound_type, _, places_type, _ = signature.args
        row, bound, start, places, count = arguments
        if row_type.dtype == types.float32:  # then the bound, which is an entry of the matrix, is one, too
            bound, bound_type = builder.fptrunc(bound, ir.FloatType()), types.float32
        entries = vector_at(context, builder, row_type, row, start, LANES)
        entries = converted(builder, row_type.dtype, entries, bound_type)
        less = builder.fcmp_ordered("<", entries, in_all_lanes(builder, bound, LANES))
        return append_places(context, builder, less, start, places_type, places, count)

    return types.intp(row, bound, types.intp, places, types.intp), generate


@intrinsic
def fetch(_, row, start):
    """Ask for the cache lines of row[start : start + 16], which will be read soon."""

    def generate(context, builder, signature, arguments):
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch.p0", (), kind)
        row_type, (row, start) = signature.args[0], arguments
        size = context.get_abi_sizeof(context.get_data_type(row_type.dtype))
        for offset in range(0, LANES, LINE // size):
            place = pointer(context, builder, row_type, row, builder.add(start, ir.Constant(start.type, offset)))
            builder.call(prefetch, [builder.bitcast(place, byte), number(0), number(2), number(1)])
        return context.get_dummy_value()

    return types.void(row, types.intp), generate


@intrinsic
def lesser(_, a, b):
    """Return the minimum of two numbers that are not NaN: LLVM then finds the least of many side by side."""

    def generate(context, builder, signature, arguments):
        a, b = arguments
        if isinstance(signature.return_type, types.Float):
            less = builder.fcmp_ordered("<", a, b, flags=("nnan", "nsz"))
        else:
            compare = builder.icmp_signed if signature.return_type.signed else builder.icmp_unsigned
            less = compare("<", a, b)
        return builder.select(less, a, b)

    return a(a, a), generate


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
def add_square(_, rows, start, first, d_first, d_second, changes, shared):
    """Add what the objects start .. start + 7 contribute to the changes by eight candidates.

    rows: those of the candidates; changes: R_i + B_ic, shape (8k,), slot by slot; shared: A_c, shape (8,).
    """

    def generate(context, builder, signature, arguments):
        arrays = dict(
            zip(
                ("rows", "", "first", "d_first", "d_second", "changes", "shared"),
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

        rows_type, rows = arrays.pop("rows")
        rows = [
            vector_at(context, builder, rows_type.dtype, builder.extract_value(rows, j), start, SQUARE)
            for j in range(SQUARE)
        ]
        place = builder.bitcast(address("shared", constant(0)), double.as_pointer())
        sums = builder.load(place, align=8)
        for j, row in enumerate(transposed(builder, rows)):
            o = builder.add(start, constant(j))
            d = to_float64(builder, rows_type.dtype.dtype, row)
            near = in_all_lanes(builder, entry("d_first", o), SQUARE)
            second = in_all_lanes(builder, entry("d_second", o), SQUARE)
            sums = builder.fadd(sums, builder.fsub(less(d, near), near))
            slot = builder.mul(builder.zext(entry("first", o), start.type), constant(SQUARE))
            change = builder.bitcast(address("changes", slot), double.as_pointer())
            share = builder.fsub(less(more(d, near), second), second)
            builder.store(builder.fadd(builder.load(change, align=8), share), change, align=8)
        builder.store(sums, place, align=8)
        return context.get_dummy_value()

    return types.void(rows, types.intp, first, d_first, d_second, changes, shared), generate
