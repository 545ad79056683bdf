from __future__ import annotations

import re
import signal
import time
from contextlib import suppress

import pytest

from pipeline.run.limit import OutOfTime, time_limit


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
def test_work_that_takes_for_ever_is_stopped(act: object) -> None:
    start = time.perf_counter()
    with pytest.raises(OutOfTime), time_limit(0.2):
        act()  # type: ignore[operator]
    assert time.perf_counter() - start < 5


def test_afterwards_nothing_rings() -> None:
    with time_limit(0.1):
        pass
    time.sleep(0.2)
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
