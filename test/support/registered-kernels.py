"""Which kernels a TensorFlow library has, as its C API tells: python3 registered-kernels.py <folder of both libraries> <op>...

Prints a line for each kernel that an op may get without being asked for by label: op, device, and what its type attributes may be, by TensorFlow's numbers
of types, of those that Strata's graphs have. A kernel says it in a KernelDef message, which is read field by field: no other package is needed.
"""
import ctypes
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


# float, int32, uint8, int64, bool, bfloat16, half, resource
TYPES = {1, 3, 4, 9, 10, 14, 19, 20}


class Buffer(ctypes.Structure):
    _fields_ = [("data", ctypes.c_void_p), ("length", ctypes.c_size_t), ("free", ctypes.c_void_p)]


def fields(message):
    """Number and value of each field of a message: a number for a varint, bytes for what has a length."""
    place = 0

    def varint():
        nonlocal place
        value = shift = 0
        while True:
            byte = message[place]
            place += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    while place < len(message):
        key = varint()
        if key & 7 == 0:
            yield key >> 3, varint()
        elif key & 7 == 2:
            length = varint()
            yield key >> 3, message[place : place + length]
            place += length
        else:
            raise ValueError("a KernelDef has no field of this kind")


def values(message, number):
    return [value for field, value in fields(message) if field == number]


def varints(packed):
    """Of a repeated enum, which is one field of all or a field each."""
    if isinstance(packed, int):
        return [packed]
    numbers, value, shift = [], 0, 0
    for byte in packed:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            numbers.append(value)
            value = shift = 0
    return numbers


def line(op, kernel):
    """None for a kernel of other types."""
    types = []
    for constraint in values(kernel, 3):
        lists = [inner for value in values(constraint, 2) for inner in values(value, 1)]
        allowed = TYPES.intersection(number for inner in lists for field in values(inner, 6) for number in varints(field))
        if not allowed:
            return None
        types.append("%s=%s" % (values(constraint, 1)[0].decode(), ",".join(map(str, sorted(allowed)))))
    return " ".join([op, values(kernel, 2)[0].decode(), *sorted(types)])


def main(folder, ops):
    libraries = [ctypes.CDLL(os.path.join(folder, name), mode=ctypes.RTLD_GLOBAL) for name in ("libtensorflow_framework.so.2", "libtensorflow_cc.so.2")]

    def function(name):
        return next(getattr(library, name) for library in libraries if hasattr(library, name))

    new_status = function("TF_NewStatus")
    new_status.restype = ctypes.c_void_p
    kernels_of = function("TF_GetRegisteredKernelsForOp")
    kernels_of.restype = ctypes.POINTER(Buffer)
    kernels_of.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    status = new_status()
    lines = set()
    for op in ops:
        found = kernels_of(op.encode(), status).contents
        kernels = values(ctypes.string_at(found.data, found.length), 1)
        lines.update(line(op, kernel) for kernel in kernels if not any(values(kernel, 5)))
    print("\n".join(sorted(lines - {None})))


main(sys.argv[1], sys.argv[2:])
