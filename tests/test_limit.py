from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from pipeline.limit import OutOfTime, time_limit


def spin() -> None:
    while True:
        pass


def backtrack() -> None:
    re.match(r"(a+)+$", "a" * 40 + "b")


def swallow() -> None:
    while True:
        with suppress(Exception):
            spin()


@pytest.mark.parametrize("act", [spin, backtrack, swallow, lambda: time.sleep(60)])
def test_work_that_takes_for_ever_is_stopped(act: Callable[[], None]) -> None:
    start = time.perf_counter()
    with pytest.raises(OutOfTime), time_limit(0.2):
        act()
    assert time.perf_counter() - start < 5


def test_afterwards_nothing_rings() -> None:
    with time_limit(0.1):
        pass
    time.sleep(0.2)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("act", [spin, swallow])
def test_a_thread_is_stopped_too(act: Callable[[], None]) -> None:
    def limited() -> str:
        try:
            with time_limit(0.2):
                act()
        except OutOfTime:
            return "out of time"
        return "done"

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(limited).result(10) == "out of time"


def test_a_thread_that_is_in_time_goes_on() -> None:
    def limited() -> str:
        with time_limit(0.1):
            pass
        time.sleep(0.2)
        return "done"

    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(limited).result(10) == "done"
