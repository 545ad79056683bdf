"""Text to value: durations, sets and EDTF; pure functions, None where nothing is known."""

from __future__ import annotations

import re
from decimal import Decimal

_DESIGNATORS = {
    "S": ("PT", 1, "S"),
    "MIN": ("PT", 1, "M"),
    "HR": ("PT", 1, "H"),
    "D": ("P", 1, "D"),
    "W": ("P", 1, "W"),
    "WE": ("P", 1, "WE"),
    "FN": ("P", 2, "W"),
    "M": ("P", 1, "M"),
    "Q": ("P", 3, "M"),
    "HY": ("P", 6, "M"),
    "Y": ("P", 1, "Y"),
    "FY": ("P", 1, "Y"),
    "DE": ("P", 10, "Y"),
    "CE": ("P", 100, "Y"),
}
_UNKNOWN = {"DE": "PXDE", "CE": "PXCE", "Q": "PXQ", "HY": "PXM", "FN": "PXW"}
_DAY = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
_PLAIN_EDTF = re.compile(
    rf"{_DAY}(?:/{_DAY})?|\d{{4}}(?:-(?:0[1-9]|1[0-2]))?(?:/\d{{4}}(?:-(?:0[1-9]|1[0-2]))?)?|\d{{3}}X|\d\dXX"
)
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}
_PARTS = {"Q1": "33", "Q2": "34", "Q3": "35", "Q4": "36", "H1": "40", "H2": "41"}


def duration_value(amount: str, unit: str) -> str:
    """The TIMEX3 value of an amount of time (ISO 8601): ``("2.5", "Y")`` → ``"P2.5Y"``, ``("X", "W")`` → ``"PXW"``.

    Quarters, half-years, decades and centuries are written in months and years: ``("3", "Q")`` → ``"P9M"``.
    """
    prefix, times, letter = _DESIGNATORS[unit]
    if amount == "X":
        return _UNKNOWN.get(unit, f"{prefix}X{letter}")
    number = Decimal(amount) * times
    text = format(number.normalize(), "f")
    return f"{prefix}{text}{letter}"


def set_value(unit: str) -> str:
    """The value of a set that comes round once a unit: ``"Y"`` → ``"P1Y"``, ``"HR"`` → ``"PT1H"``."""
    return duration_value("1", unit)


def full_year(short: str) -> int:
    """The year that two figures mean: ``"98"`` → 1998, ``"35"`` → 2035, ``"2020"`` → 2020."""
    number = int(short)
    if len(short) > 2:
        return number
    return number + (2000 if number < 40 else 1900)


def edtf_value(value: str, mod: str | None = None) -> str | None:
    """The EDTF level 1 or 2 form of a calendar value: ``"2023-Q3"`` → ``"2023-35"``, 2015 APPROX → ``"2015~"``.

    None where EDTF has no word for it (weeks, durations, sets, references).
    Source: EDTF specification 2019, Library of Congress; 21-24 are seasons, 33-36 quarters, 40-41 halves.
    """
    year, _, part = value.partition("-")
    if part in _SEASONS or part in _PARTS:
        return f"{year}-{_SEASONS.get(part) or _PARTS[part]}" if year.isdecimal() else None
    if part[:2] in {"Q1", "Q2", "Q3", "Q4", "H1", "H2"}:
        return None
    day, _, clock = value.partition("T")
    if clock:
        timed = re.fullmatch(rf"{_DAY}T([01]\d|2[0-3]):[0-5]\d", value)
        return f"{value}:00" if timed else edtf_value(day)
    if not _PLAIN_EDTF.fullmatch(value):
        return _open_edtf(value)
    return f"{value}~" if mod == "APPROX" and "/" not in value else value


def _open_edtf(value: str) -> str | None:
    """Year not known: ``"XXXX-10"`` and ``"XXXX-10-05"`` are EDTF already."""
    return value if re.fullmatch(r"XXXX-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?", value) else None
