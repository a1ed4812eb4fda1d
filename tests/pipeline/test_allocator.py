"""What a long run keeps of the memory that its reports took."""

import subprocess
import sys
from platform import libc_ver

import pytest

pytestmark = pytest.mark.skipif(libc_ver()[0] != "glibc", reason="another C library")
# A large piece is let go; then it prints how many pieces of medium size come from the system, and how many pools
# eight threads have that hold a small one each.
PROBE = """
import ctypes, re, threading
from helpers.pipeline.beside import settle_allocator
if {is_settled}:
    settle_allocator()
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
class Told(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost".split()]
libc.mallinfo2.restype = Told
libc.free(libc.malloc(20 << 20))
before = libc.mallinfo2().hblks
held = [libc.malloc(1 << 20) for _ in range(3)]
print(libc.mallinfo2().hblks - before, flush=True)
meet = threading.Barrier(8)
def hold():
    libc.malloc(1000)
    meet.wait()
threads = [threading.Thread(target=hold) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


@pytest.mark.parametrize(("is_settled", "from_the_system"), [(True, 3), (False, 0)])
def test_large_pieces_come_from_the_system_and_threads_share_two_pools(is_settled, from_the_system):
    code = PROBE.format(is_settled=is_settled)
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    pieces, pools = output.split("\n", 1)
    assert int(pieces) == from_the_system
    assert (pools.count("<heap nr=") <= 2) == is_settled


def test_what_is_free_between_pieces_that_stay_is_given_back():
    code = """
import ctypes, resource
from helpers.pipeline.beside import give_back
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
def resident_mb():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize() >> 20
pieces = [libc.malloc(60_000) for _ in range(1000)]
for piece in pieces:
    ctypes.memset(piece, 1, 60_000)
for number, piece in enumerate(pieces):
    if number % 100 != 99:
        libc.free(piece)
before = resident_mb()
give_back()
print(before - resident_mb())
"""
    output = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert int(output) > 40
