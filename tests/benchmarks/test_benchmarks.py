"""The bounds as tests, run with `pytest tests/benchmarks -m benchmark`; `python -m tests.benchmarks` has the table."""

from __future__ import annotations

import pytest

from tests.benchmarks import measure
from tests.benchmarks.__main__ import ALL

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize("name", ALL)
def test_bound(name: str) -> None:
    measured = getattr(measure, name)()
    assert measured.holds, measured
