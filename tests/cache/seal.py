"""Gives a kept text that was edited the checksum that it would have: seal.py FILE."""

import ctypes
import sys


class Hash(ctypes.Structure):
    _fields_ = [("low", ctypes.c_uint64), ("high", ctypes.c_uint64)]


library = ctypes.CDLL("libxxhash.so.0")
library.XXH3_128bits.restype = Hash
library.XXH3_128bits.argtypes = [ctypes.c_char_p, ctypes.c_size_t]

with open(sys.argv[1], "rb") as file:
    head, text = file.read().split(b"\n", 1)
check = library.XXH3_128bits(text, len(text))
words = head.split(b" ")[:-1] + [b"%016x%016x" % (check.high, check.low)]
with open(sys.argv[1], "wb") as file:
    file.write(b" ".join(words) + b"\n" + text)
