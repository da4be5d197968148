"""Arrays that other libraries hold on the card: by the CUDA array interface, or by DLPack. Nothing is copied.

DLPack hands over a capsule with a struct of C; its fields are those of dlpack.h, version 0.
"""

import ctypes

from kmedoids_bench.algorithms.gpu.device import cuda

CUDA = 2  # DLPack's number of the device
# And of the stream that our kernels run on: who hands an array over waits until its own work on it is done.
DEFAULT_STREAM = 1
KINDS = {0: "i", 1: "u", 2: "f"}  # DLPack's codes of types


class DLTensor(ctypes.Structure):
    """An array in memory; strides count elements, and are left out of a C-ordered one."""

    _fields_ = (
        ("data", ctypes.c_void_p),
        ("device", ctypes.c_int32 * 2),
        ("ndim", ctypes.c_int32),
        ("code", ctypes.c_uint8),
        ("bits", ctypes.c_uint8),
        ("lanes", ctypes.c_uint16),
        ("shape", ctypes.POINTER(ctypes.c_int64)),
        ("strides", ctypes.POINTER(ctypes.c_int64)),
        ("byte_offset", ctypes.c_uint64),
    )


class Described:
    """What a DLPack capsule holds, described by the CUDA array interface; keeps the capsule, and so the memory."""

    def __init__(self, array) -> None:
        self.capsule = array.__dlpack__(stream=DEFAULT_STREAM)
        pointer = ctypes.pythonapi.PyCapsule_GetPointer
        pointer.restype, pointer.argtypes = ctypes.c_void_p, (ctypes.py_object, ctypes.c_char_p)
        tensor = DLTensor.from_address(pointer(self.capsule, b"dltensor"))
        if tensor.code not in KINDS or tensor.lanes != 1:
            raise TypeError("distances must be float32, float64 or integers")
        size = tensor.bits // 8
        strides = tuple(size * step for step in tensor.strides[: tensor.ndim]) if tensor.strides else None
        self.__cuda_array_interface__ = {
            "version": 3,
            "shape": tuple(tensor.shape[: tensor.ndim]),
            "strides": strides,
            "typestr": f"<{KINDS[tensor.code]}{size}",
            "data": (tensor.data + tensor.byte_offset, False),
        }


def on_card(array):
    """Return an array that is on the card already as one of numba's; None for anything else."""
    if hasattr(array, "__cuda_array_interface__"):
        return cuda.as_cuda_array(array)
    if hasattr(array, "__dlpack_device__") and array.__dlpack_device__()[0] == CUDA:
        return cuda.as_cuda_array(Described(array))
    return None
