"""The walls a process closes around itself before it reads what somebody else wrote. They cannot be opened again.

First limits of the kernel on memory, processor time, files and cores. Then a list of the few calls a process needs that only
computes: every other one (open, socket, connect, fork, exec, kill, ptrace ...) fails with EPERM, so that even a decoder that was
taken over reads no file, reaches no other process and no network, and can only write to the pipe it was given. Where that list
cannot be set, nothing is opened.
"""

import ctypes
import platform
import resource
import signal
import struct
from typing import Final

_DEATH_SIGNAL, _DUMPABLE, _SECCOMP, _NO_NEW_PRIVILEGES = 1, 4, 22, 38
"""Options of prctl(2)."""
_FILTER: Final = 2
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
"""Instructions of the kernel's packet filter (linux/bpf_common.h)."""
_NUMBER_AT, _MACHINE_AT = 0, 4
"""Where the number of a call and the machine stand in what the filter is given (linux/seccomp.h)."""
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050001, 0x80000000
"""What the filter answers; to refuse is to answer EPERM."""
_MACHINES: Final = {
    "x86_64": (
        0xC000003E,
        {
            "read": 0,
            "write": 1,
            "mmap": 9,
            "mprotect": 10,
            "munmap": 11,
            "brk": 12,
            "rt_sigaction": 13,
            "rt_sigprocmask": 14,
            "rt_sigreturn": 15,
            "sched_yield": 24,
            "mremap": 25,
            "madvise": 28,
            "exit": 60,
            "gettimeofday": 96,
            "sigaltstack": 131,
            "futex": 202,
            "restart_syscall": 219,
            "clock_gettime": 228,
            "clock_getres": 229,
            "exit_group": 231,
            "getrandom": 318,
        },
    ),
    "aarch64": (
        0xC00000B7,
        {
            "read": 63,
            "write": 64,
            "exit": 93,
            "exit_group": 94,
            "futex": 98,
            "clock_gettime": 113,
            "clock_getres": 114,
            "sched_yield": 124,
            "restart_syscall": 128,
            "sigaltstack": 132,
            "rt_sigaction": 134,
            "rt_sigprocmask": 135,
            "rt_sigreturn": 139,
            "gettimeofday": 169,
            "brk": 214,
            "munmap": 215,
            "mremap": 216,
            "mmap": 222,
            "mprotect": 226,
            "madvise": 233,
            "getrandom": 278,
        },
    ),
}
"""By machine: its mark (linux/audit.h) and the numbers of the calls that are allowed (asm/unistd.h). None opens anything."""
_PIPES: Final = 3
"""Descriptors 0 to 2; no call is left that could make another."""


class NoWalls(Exception):
    """This machine does not offer them."""


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def die_with_parent() -> None:
    """End when the process that started us does, however it ends."""
    _control(_DEATH_SIGNAL, signal.SIGKILL)


def close(memory: int, processor_seconds: int) -> None:
    """Close all walls. Call it once everything that will be needed is loaded. Raises NoWalls."""
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, processor_seconds),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, _PIPES),
    )
    for which, most in limits:
        resource.setrlimit(which, (most, most))
    _control(_DUMPABLE, 0)
    _control(_NO_NEW_PRIVILEGES, 1)
    program = _filter()
    _control(_SECCOMP, _FILTER, ctypes.byref(_Program(len(program) // 8, program)))


def _filter() -> bytes:
    """The list of allowed calls as the kernel reads it."""
    if platform.machine() not in _MACHINES:
        raise NoWalls
    mark, calls = _MACHINES[platform.machine()]
    numbers = sorted(calls.values())
    steps = [(_LOAD, 0, 0, _MACHINE_AT), (_JUMP_IF_EQUAL, 1, 0, mark), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER_AT)]
    steps += [(_JUMP_IF_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    steps += [(_RETURN, 0, 0, _REFUSE), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _control(option: int, *told: object) -> None:
    """prctl(2), with all five arguments: some options want the others to be 0."""
    arguments = [ctypes.c_ulong(one) if isinstance(one, int) else one for one in (*told, 0, 0, 0, 0)[:4]]
    if ctypes.CDLL(None).prctl(ctypes.c_int(option), *arguments) != 0:
        raise NoWalls
