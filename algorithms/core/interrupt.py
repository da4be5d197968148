"""How Ctrl-C stops a kernel: its long loops ask `interrupted`, and `run` raises what the handler of the signal raised.

Python runs signal handlers in the main thread, between two instructions of its own; a kernel has none. So a loop lets
the handlers run every tenth of a second (PyErr_CheckSignals). If one of them raises, as it does for Ctrl-C, the
exception is stored, all loops that ask end early, and the kernel returns. `run` discards the result and raises the
exception. A kernel that raised by itself would never release its arrays. No handler is replaced, and there is no timer
and no thread; a handler that does not raise changes nothing. As in Python, only the main thread is interrupted.

The look is a machine function of its own. Kernels call it by name, so numba can keep them in its cache.
"""

import ctypes
import os
import threading
from collections.abc import Callable

from llvmlite import binding, ir
from numba import types
from numba.core import config

from kmedoids_bench.algorithms.core.kernel import kernel

SYMBOL = "kmedoids_bench_look"
CLOCK = 6  # CLOCK_MONOTONIC_COARSE on Linux, which costs 4 ns; CLOCK_MONOTONIC on macOS
INTERVAL = 100_000_000  # nanoseconds from one look to the next
TURNS = 8  # of these turns one asks for the time, which costs as much as 20 entries of a matrix

INT32, INT64 = ir.IntType(32), ir.IntType(64)


def new_module() -> ir.Module:
    """Write the look for LLVM: it returns, as an int32, whether a signal handler has raised an exception."""
    module = ir.Module()

    def variable(name):
        declared = ir.GlobalVariable(module, INT64, name)
        vars(declared)["initializer"] = INT64(0)
        return declared

    def function(name, result, *arguments):
        return ir.Function(module, ir.FunctionType(result, arguments), name)

    main_thread, next_look = variable("main_thread"), variable("next_look")
    exception = [variable(name) for name in ("exception_type", "exception_value", "exception_traceback")]
    builder = ir.IRBuilder(function(SYMBOL, INT32).append_basic_block())

    def leave_if(condition, result):
        with builder.if_then(condition):
            builder.ret(INT32(result))

    time = builder.alloca(INT64, 2)  # a struct timespec
    builder.call(function("clock_gettime", INT32, INT32, INT64.as_pointer()), [INT32(CLOCK), time])
    seconds, nanoseconds = builder.load(time), builder.load(builder.gep(time, [INT32(1)]))
    now = builder.add(builder.mul(seconds, INT64(10**9)), nanoseconds)
    leave_if(builder.icmp_signed("<", now, builder.load(next_look)), 0)
    thread = builder.call(function("PyThread_get_thread_ident", INT64), [])
    leave_if(builder.icmp_signed("!=", thread, builder.load(main_thread)), 0)
    leave_if(builder.icmp_signed("!=", builder.load(exception[0]), INT64(0)), 1)
    state = builder.call(function("PyGILState_Ensure", INT32), [])
    raised = builder.call(function("PyErr_CheckSignals", INT32), [])
    with builder.if_else(builder.icmp_signed("!=", raised, INT32(0))) as (yes, no):
        with yes:
            builder.call(function("PyErr_Fetch", ir.VoidType(), *[INT64.as_pointer()] * 3), exception)
        with no:
            builder.store(builder.add(now, INT64(INTERVAL)), next_look)
    builder.call(function("PyGILState_Release", ir.VoidType(), INT32), [state])
    builder.ret(builder.and_(raised, INT32(1)))
    return module


def compiled(module: ir.Module) -> binding.ExecutionEngine:
    """Compile a module; its functions and variables live as long as what is returned."""
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    target = binding.Target.from_default_triple().create_target_machine()
    engine = binding.create_mcjit_compiler(binding.parse_assembly(str(module)), target)
    engine.finalize_object()
    return engine


ENGINE = compiled(new_module())
MAIN_THREAD = ctypes.c_int64.from_address(ENGINE.get_global_value_address("main_thread"))
EXCEPTION = [
    ctypes.c_void_p.from_address(ENGINE.get_global_value_address(f"exception_{part}"))
    for part in ("type", "value", "traceback")
]
binding.add_symbol(SYMBOL, ENGINE.get_function_address(SYMBOL))


def note_main_thread() -> None:
    """Tell the machine code which thread runs the handlers of signals."""
    MAIN_THREAD.value = threading.main_thread().ident or 0


note_main_thread()
os.register_at_fork(after_in_child=note_main_thread)

if vars(config)["DISABLE_JIT"]:  # then Python runs the handlers itself

    def look() -> int:
        """Return that no handler has raised an exception."""
        return 0
else:
    look = types.ExternalFunction(SYMBOL, types.int32())


@kernel
def interrupted_now():
    """Whether a loop should end."""
    return look() != 0


@kernel
def interrupted(turn):
    """Whether a loop should end in this turn. It looks in every eighth only, as a turn is O(n)."""
    return turn % TURNS == 0 and interrupted_now()


def run(compiled_function: Callable, *arguments):
    """Call a kernel from Python and return its result, or raise what a signal handler raised meanwhile."""
    try:
        return compiled_function(*arguments)
    except SystemError as error:  # a handler raised while numba was making Python objects of the results
        raise first_cause(error) from None
    finally:
        raise_stored()


def first_cause(error: BaseException) -> BaseException:
    """Return the exception that led to this one."""
    return error if error.__cause__ is None else first_cause(error.__cause__)


def raise_stored() -> None:
    """Raise the exception that a handler raised while a kernel of this thread was running, if one did.

    Only kernels of the main thread end early for it: another one must not take it, or an unfinished result would pass.
    """
    if EXCEPTION[0].value and threading.get_ident() == MAIN_THREAD.value:
        parts = [ctypes.c_void_p(part.value) for part in EXCEPTION]
        for part in EXCEPTION:
            part.value = None
        ctypes.pythonapi.PyErr_Restore(*parts)  # ctypes raises what it finds
