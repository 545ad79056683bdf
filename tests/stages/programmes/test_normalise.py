"""The text-to-value rules for programmes."""

from __future__ import annotations

import pytest

from pipeline.annotations import RegionValue
from pipeline.stages.programmes.normalise import alike, clean_name, iso_date, most_precise, stems
from pipeline.stages.programmes.patterns import LIST_GAP
from pipeline.stages.programmes.places import lies_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the pilot program in place on the reuse of wells", "pilot program on the reuse of wells"),
        ("A  plan\nfor bamboo", "plan for bamboo"),
        ("14th Five-Year Plan", "14th Five-Year Plan"),
    ],
)
def test_clean_name(text: str, expected: str) -> None:
    assert clean_name(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("pilot program on rural buses", "program for rural buses", True),
        ("plan for the construction of the Han belt", "plan to construct the Han belt", True),
        ("pilot FTZs", "pilot free trade zones", True),
        ("pilot program on rural buses", "pilot program on rural banks", False),
        ("pilot on zero-waste islands", "zero-waste city program", False),
        ("pilot program", "pilot program on rural buses", False),
    ],
)
def test_alike(one: str, other: str, *, expected: bool) -> None:
    assert alike(stems(one), stems(other)) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022", "2022"),
        ("2022-05", "2022-05"),
        ("2022-05-01", "2022-05-01"),
        ("P1Y", None),
        ("2022-Q3", None),
        ("", None),
    ],
)
def test_iso_date(value: str, expected: str | None) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], None), (["2022", "2022-05"], "2022-05"), (["2022-05", "2021-03-01"], "2022-05"), (["2020"], "2020")],
)
def test_most_precise(values: list[str], expected: str | None) -> None:
    assert most_precise(values) == expected


def place(adcode: str | None, *, iso: str | None = None, parent: str | None = None) -> RegionValue:
    return RegionValue(key=adcode or iso or "x", name="x", kind="other", adcode=adcode, iso_code=iso, parent=parent)


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        (place("441300"), place("440000"), True),
        (place("441302"), place("441300"), True),
        (place("110102"), place("110000"), True),
        (place("441300"), place("330000"), False),
        (place("440000"), place("441300"), False),
        (place("440000"), place("440000"), False),
        (place(None, parent="FR"), place(None, iso="FR"), True),
        (place(None), place(None), False),
    ],
)
def test_lies_in(inner: RegionValue, outer: RegionValue, *, expected: bool) -> None:
    assert lies_in(inner, outer) is expected


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (", ", True),
        (" and the ", True),
        (" municipalities, as well as the provinces of ", True),
        (";\n\u2022 the city of ", True),
        (" province, ", True),
        (" rose while ", False),
        (" to ", False),
    ],
)
def test_what_may_stand_between_two_places_of_a_list(gap: str, *, expected: bool) -> None:
    assert (LIST_GAP.fullmatch(gap) is not None) is expected
