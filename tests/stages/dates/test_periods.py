"""The calendar under the dates: periods, steps, thirds and edges, and feasts against printed calendars."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.dates import periods
from pipeline.stages.dates.feasts import easter, feast_day, feast_days
from pipeline.stages.dates.plans import plan_years
from pipeline.stages.dates.stretches import later

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
UNITS = st.sampled_from(["D", "W", "WE", "M", "Q", "HY", "Y", "DE", "CE", "SP", "SU", "FA", "WI"])


@pytest.mark.parametrize(
    ("on", "unit", "count", "value"),
    [
        ("2024-01-11", "M", -1, "2023-12"),
        ("2024-01-11", "Q", -1, "2023-Q4"),
        ("2024-01-11", "HY", 1, "2024-H2"),
        ("2024-01-11", "W", -2, "2023-W52"),
        ("2024-01-11", "WE", -1, "2024-W01-WE"),
        ("2024-12-31", "D", 1, "2025-01-01"),
        ("2024-02-10", "WI", 0, "2023-WI"),
        ("2024-12-02", "WI", 0, "2024-WI"),
        ("1998-05-05", "DE", -1, "198X"),
        ("1998-05-05", "CE", 1, "20XX"),
        ("2024-01-11", "FY", -1, "2023"),
    ],
)
def test_moved(on: str, unit: str, count: int, value: str) -> None:
    found = periods.moved(date.fromisoformat(on), unit, count)
    assert found is not None
    assert found.value == value


@given(DAYS, UNITS)
def test_a_day_lies_in_the_period_around_it(on: date, unit: str) -> None:
    found = periods.around(on, unit)
    if unit not in {"WE", *periods.SEASONS}:
        assert found.first <= on <= found.last
    assert periods.moved(found.first, unit, 0) == found


@given(DAYS, st.sampled_from(["D", "W", "M", "Q", "HY", "Y", "DE"]), st.integers(-40, 40))
def test_there_and_back(on: date, unit: str, count: int) -> None:
    away = periods.moved(on, unit, count)
    assert away is not None
    assert periods.moved(away.first, unit, -count) == periods.around(on, unit)


@given(DAYS, st.sampled_from(["W", "M", "Q", "HY", "Y", "DE", "CE"]))
def test_thirds_lie_in_order_and_fill_the_whole(on: date, unit: str) -> None:
    whole = periods.around(on, unit)
    start, middle, end = (periods.third(whole, mod) for mod in ("START", "MID", "END"))
    assert start.first == whole.first or unit == "CE"
    assert end.last == whole.last
    assert (middle.first - start.last).days == (end.first - middle.last).days == 1


@pytest.mark.parametrize(
    ("mod", "bounds"),
    [
        ("START", ("2024-01-01", "2024-04-30")),
        ("MID", ("2024-05-01", "2024-08-31")),
        ("END", ("2024-09-01", "2024-12-31")),
    ],
)
def test_thirds_of_a_year(mod: str, bounds: tuple[str, str]) -> None:
    found = periods.third(periods.year(2024), mod)
    assert (found.first.isoformat(), found.last.isoformat()) == bounds


def test_later() -> None:
    assert later(date(2024, 2, 29), "Y", -1) == date(2023, 2, 28)
    assert later(date(2024, 1, 31), "M", 1) == date(2024, 2, 29)
    assert later(date(2024, 1, 31), "HR", 1) is None


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Spring Festival", 1990, "1990-01-27"),
        ("Spring Festival", 2001, "2001-01-24"),
        ("Spring Festival", 2024, "2024-02-10"),
        ("Spring Festival", 2035, "2035-02-08"),
        ("Spring Festival Eve", 2023, "2023-01-21"),
        ("Lantern Festival", 2022, "2022-02-15"),
        ("Qingming Festival", 2023, "2023-04-05"),
        ("Dragon Boat Festival", 2021, "2021-06-14"),
        ("Mid-Autumn Festival", 2020, "2020-10-01"),
        ("Mid-Autumn Festival", 2023, "2023-09-29"),
        ("Double Ninth Festival", 2022, "2022-10-04"),
        ("Easter", 2000, "2000-04-23"),
        ("Good Friday", 2024, "2024-03-29"),
        ("Thanksgiving", 1998, "1998-11-26"),
        ("Labor Day", 1997, "1997-09-01"),
        ("Memorial Day", 1999, "1999-05-31"),
        ("Election Day", 2016, "2016-11-08"),
        ("Black Friday", 2022, "2022-11-25"),
        ("Mother's Day", 2021, "2021-05-09"),
        ("National Day", 2022, "2022-10-01"),
        ("Double Eleven", 2020, "2020-11-11"),
    ],
)
def test_feast_day(name: str, year: int, day: str) -> None:
    assert feast_day(name, year) == date.fromisoformat(day)


def test_a_feast_that_no_table_knows_has_no_day() -> None:
    assert feast_day("Spring Festival", 1900) is None
    assert feast_day("Feast of Fools", 2020) is None


def test_the_days_off() -> None:
    assert feast_days("National Day", date(2023, 10, 1)) == (date(2023, 10, 1), date(2023, 10, 7))


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    found = easter(year)
    assert found.weekday() == 6
    assert date(year, 3, 22) <= found <= date(year, 4, 25)


def test_plan_years() -> None:
    assert plan_years(14) == (2021, 2025)
    assert plan_years(1) == (1953, 1957)
    assert plan_years(40) is None


def test_a_business_year_is_named_after_its_end() -> None:
    found = periods.fiscal_year(date(1997, 6, 30))
    assert (found.value, found.first, found.last) == ("1997", date(1996, 7, 1), date(1997, 6, 30))
