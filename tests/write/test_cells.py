from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.schema import Evidence
from pipeline.write.cells import cell, safe_text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("", ""),
        ("plain words", "plain words"),
        ("a, b", '"a, b"'),
        ('say "yes"', '"say ""yes"""'),
        ("two\nlines", '"two\nlines"'),
        (" led by a space", '" led by a space"'),
        (True, "true"),
        (False, "false"),
        (827, "827"),
        (0.95, "0.95"),
        (Decimal("-5.50"), "-5.5"),
        (Decimal("1.585E+13"), "15850000000000"),
        (("Zhou Qiang", "Sun Bin"), '"Zhou Qiang; Sun Bin"'),
        ((), ""),
        ({"date": Evidence(text="May", start=3, end=6)}, "date=3:6"),
        ("=1+1", "'=1+1"),
        ("+86 10 1234", "'+86 10 1234"),
        ("-cmd", "'-cmd"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", '"\'\t=1"'),
        ("＝1", "'＝1"),
        (("=a", "b"), '"\'=a; b"'),
        ("-5.5", "-5.5"),
        ("+3", "+3"),
        ("-5.5 percent", "'-5.5 percent"),
        ("'=1", "''=1"),
        ("'quoted'", "'quoted'"),
        ("a\0b", "a\ufffdb"),
    ],
)
def test_cell(value: object, expected: str) -> None:
    assert cell(value) == expected


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2))
def test_a_line_of_cells_is_read_back_by_any_reader_of_csv(texts: list[str]) -> None:
    line = ",".join(cell(text) for text in texts)
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert [re.sub(r"^'('*[=+\-@\t\r＝＋－＠])", r"\1", value) for value in row] == [
        text.replace("\0", "\ufffd") for text in texts
    ]


@given(st.text())
def test_no_text_starts_a_formula(text: str) -> None:
    safe = safe_text(text)
    assert not safe or (safe[0] not in "=@\t\r" and (safe[0] not in "+-" or float(safe) is not None))
