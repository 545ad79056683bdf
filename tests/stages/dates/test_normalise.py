"""Durations, sets and EDTF as pure tables."""

from __future__ import annotations

import pytest
from edtf import parse_edtf

from pipeline.stages.dates.normalise import duration_value, edtf_value, set_value


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        ("6", "Y", "P6Y"),
        ("2.5", "Y", "P2.5Y"),
        ("3", "Q", "P9M"),
        ("1", "HY", "P6M"),
        ("2", "DE", "P20Y"),
        ("1", "CE", "P100Y"),
        ("20", "M", "P20M"),
        ("100", "D", "P100D"),
        ("2", "FN", "P4W"),
        ("90", "MIN", "PT90M"),
        ("0.5", "HR", "PT0.5H"),
        ("X", "W", "PXW"),
        ("X", "HR", "PTXH"),
        ("X", "DE", "PXDE"),
    ],
)
def test_duration_value(amount: str, unit: str, value: str) -> None:
    assert duration_value(amount, unit) == value


def test_set_value() -> None:
    assert [set_value(u) for u in ("D", "W", "Q", "HR", "Y")] == ["P1D", "P1W", "P3M", "PT1H", "P1Y"]


@pytest.mark.parametrize(
    ("value", "mod", "edtf"),
    [
        ("2024", None, "2024"),
        ("2024-01", None, "2024-01"),
        ("2024-01-11", None, "2024-01-11"),
        ("2013/2017", None, "2013/2017"),
        ("2023-01/2023-10", None, "2023-01/2023-10"),
        ("2023-05-01/2023-05-05", None, "2023-05-01/2023-05-05"),
        ("199X", None, "199X"),
        ("18XX", None, "18XX"),
        ("2023-Q3", None, "2023-35"),
        ("2023-H2", None, "2023-41"),
        ("2020-WI", None, "2020-24"),
        ("2015", "APPROX", "2015~"),
        ("2024-01-11T09:30", None, "2024-01-11T09:30:00"),
        ("2024-01-11TMO", None, "2024-01-11"),
        ("XXXX-10", None, "XXXX-10"),
        ("XXXX-11-18", None, "XXXX-11-18"),
        ("2024-W02", None, None),
        ("P3M", None, None),
        ("PRESENT_REF", None, None),
        ("XXXX-WXX-3", None, None),
    ],
)
def test_edtf_value(value: str, mod: str | None, edtf: str | None) -> None:
    assert edtf_value(value, mod) == edtf
    assert edtf is None or parse_edtf(edtf) is not None
