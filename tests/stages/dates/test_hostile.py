"""Text that was made to be slow, and text that is hardly text: no error, and time that grows with its length."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.dates.context import Context, Said
from pipeline.stages.dates.lexemes import read_lexemes
from pipeline.stages.dates.patterns import find_expressions
from pipeline.stages.dates.ranges import link_ranges
from pipeline.stages.dates.resolve import is_basis, resolve
from pipeline.stages.dates.tense import Tense
from tests.stages.dates.labelled import DATA

UNITS = [
    "1",
    "1 ",
    "12-",
    "1-1-",
    "2020-",
    "2020/",
    "1:",
    "May ",
    "May-",
    "May 1-",
    "May 1, ",
    "the ",
    "the first ",
    "the end of ",
    "the first quarter of ",
    "last year's first 3 months of ",
    "early ",
    "mid-",
    "a ",
    "an hour and a half ",
    "three more ",
    "more more more ",
    "every ",
    "once every ",
    "Friday, ",
    "at 3 p.m. local ",
    "'",
    "'9",
    "- ",
    "five-year ",
    "New Year's ",
    "so far ",
]


def _seconds(text: str) -> float:
    start = perf_counter()
    list(find_expressions(read_lexemes(text, 0, len(text))))
    return perf_counter() - start


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_length(unit: str) -> None:
    _seconds(unit * 100)
    short = min(_seconds(unit * 1500) for _ in range(3))
    long = min(_seconds(unit * 12000) for _ in range(2))
    assert long < 8 * 5 * max(short, 0.01)


_EXPRESSIONS = st.sampled_from((DATA / "pieces.txt").read_text("utf-8").splitlines())


@given(
    st.lists(
        st.sampled_from([*UNITS, "2019", "percent", "of", "and", "a half", "ago", "\u2013", ".", "(", "30"]),
        max_size=40,
    )
)
def test_any_order_of_words_is_read(parts: list[str]) -> None:
    text = " ".join(parts)
    lex = read_lexemes(text, 0, len(text))
    behind = 0
    for found in find_expressions(lex):
        assert behind <= found.first < found.last <= lex.size
        behind = found.last


@given(
    st.lists(_EXPRESSIONS, max_size=12),
    st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.sampled_from(["past", "present", "future", None]),
)
def test_any_expression_resolves(parts: list[str], anchor: date | None, tense: Tense | None) -> None:
    text = " ".join(parts)
    context = Context(anchor, anchor, read_tense=lambda: tense)
    lex = read_lexemes(text, 0, len(text))
    for linked in link_ranges(lex, list(find_expressions(lex))):
        found = resolve(linked.found.node, context)
        assert (found.earliest is None) == (found.latest is None)
        assert found.earliest is None or found.latest is None or found.earliest <= found.latest
        assert not found.unanchored or found.earliest is None
        if found.period is not None:
            context.say(Said(found.period, 0, is_basis(linked.found.node), opening=False), joins=linked.joins)


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    lex = read_lexemes(text, 0, len(text))
    for found in find_expressions(lex):
        assert text[lex.starts[found.first] : lex.ends[found.last - 1]].strip()
