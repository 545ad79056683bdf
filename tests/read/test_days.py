"""Days as feeds and archives write them."""

from __future__ import annotations

import pytest

from pipeline.read.days import written_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-11", "2024-01-11"),
        (" 2024-01-11T09:00:00+08:00", "2024-01-11"),
        ("Thu, 11 Jan 2024 09:00:00 GMT", "2024-01-11"),
        ("Jan 11, 2024", "2024-01-11"),
        ("20240111", "2024-01-11"),
        ("20241311", None),
        ("11 January 2024 09:05", "2024-01-11"),
        ("2024-02-30", None),
        ("January 2024", None),
        ("01/02/2024", None),
        ("yesterday", None),
        ("Jan 32, 2024", None),
        ("", None),
        ("1 Jan 2024 " * 1000, None),
    ],
)
def test_written_day(text: str, day: str | None) -> None:
    found = written_day(text)
    assert (found.isoformat() if found else None) == day
