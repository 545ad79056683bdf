"""A limit of time for a stretch of work."""

from __future__ import annotations

import ctypes
import faulthandler
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

#: How much longer the work may take to hear that its time is up, before the whole process ends: a quarter of the
#: limit, and at least these seconds.
_GRACE = 2.0
#: Where it then says what it was at: the file descriptor, as `sys.stderr` may be anything.
_STDERR = 2


class OutOfTime(BaseException):
    """The time is up. No `Exception`, so that nothing inside the work takes it for a failure of its own."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in the block once `seconds` are over.

    In the main thread an alarm does it, which wakes a sleeping call and a long match of a regular expression too; in
    another thread, which is where dask works, a call. Work that can't hear of either, as it never comes back from
    compiled code, ends the process a little later. Only one thread of a process may have a limit at a time.
    """
    main = threading.current_thread() is threading.main_thread() and hasattr(signal, "SIGALRM")
    faulthandler.dump_traceback_later(seconds + max(_GRACE, seconds / 4), exit=True, file=_STDERR)
    try:
        with _alarm(seconds) if main else _call(seconds):
            yield
    finally:
        faulthandler.cancel_dump_traceback_later()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again every second, as an exception may get lost where Python can't raise one (in a destructor).
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _call(seconds: float) -> Iterator[None]:
    thread = ctypes.c_ulong(threading.get_ident())
    lock = threading.Lock()
    working = True

    def call() -> None:
        with lock:
            if working:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTime))

    timer = threading.Timer(seconds, call)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            working = False
        timer.cancel()
