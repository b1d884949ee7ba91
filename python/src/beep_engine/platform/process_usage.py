"""What a process of the same user has taken of the machine so far."""

import os
import sys
from typing import NamedTuple, Optional


class Usage(NamedTuple):
    """Processor time in user and system together, in seconds; resident memory."""

    cpu_seconds: float
    memory_bytes: int


def usage_of(pid: int) -> Optional[Usage]:
    """None when it is gone, or may not be looked at. On Windows only the process itself can be asked for."""
    try:
        if sys.platform == "win32":
            return _windows_usage() if pid == os.getpid() else None
        if sys.platform == "darwin":
            return _darwin_usage(pid)
        with open(f"/proc/{pid}/stat") as file:
            return parse_stat(file.read(), os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE"))
    except (OSError, ValueError, IndexError, ImportError, AttributeError):
        return None


def parse_stat(text: str, ticks: int, page: int) -> Usage:
    """`/proc/<pid>/stat` (man 5 proc_pid_stat); the program's name in it may hold anything, blanks and brackets too."""
    fields = text[text.rindex(")") + 1 :].split()
    return Usage((int(fields[11]) + int(fields[12])) / ticks, int(fields[21]) * page)


def parse_task_info(data: bytes, numerator: int, denominator: int) -> Usage:
    """`struct proc_taskinfo` (sys/proc_info.h): its times are in ticks, of which each is so many nanoseconds."""
    _virtual, resident, user, system = (int.from_bytes(data[at : at + 8], sys.byteorder) for at in (0, 8, 16, 24))
    return Usage((user + system) * numerator / denominator / 1e9, resident)


def _darwin_usage(pid: int) -> Optional[Usage]:
    import ctypes

    system = ctypes.CDLL("/usr/lib/libSystem.dylib")
    # PROC_PIDTASKINFO, and the size of its struct.
    flavor, size = 4, 96
    info, timebase = ctypes.create_string_buffer(size), (ctypes.c_uint32 * 2)()
    if system.proc_pidinfo(pid, flavor, ctypes.c_uint64(0), info, size) < size or system.mach_timebase_info(timebase):
        return None
    return parse_task_info(info.raw, timebase[0], timebase[1])


def _windows_usage() -> Optional[Usage]:
    import ctypes

    times = os.times()
    # PROCESS_MEMORY_COUNTERS: two 32-bit numbers, then sizes; the second of those is the working set of now.
    counters = (ctypes.c_size_t * (9 if ctypes.sizeof(ctypes.c_size_t) == 8 else 10))()
    kernel: ctypes.CDLL = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32)
    if not kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), counters, ctypes.sizeof(counters)):
        return None
    return Usage(times.user + times.system, counters[2 if len(counters) == 9 else 3])
