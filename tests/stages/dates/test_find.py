"""The component on whole documents: which blocks it reads, where spans lie, flags, and its place in the pipeline."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from pipeline.layout import Block, Layout

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

PAGE = """Home News

Port reopens after storm on Tuesday

By May Winter Source: Harbour Daily Updated: 2021-09-16

\u201cThe quay\u2019s cranes moved again on Sept. 14,\u201d the harbour master said.

In 2020\u20132021 it had been closed for\u00a0two weeks."""


def _read(nlp: Language, text: str, published: date | None, layout: Layout | None = None) -> Doc:
    from pipeline.nlp import STAGES, make_doc

    doc = make_doc(nlp, text, published=published)
    if layout is not None:
        doc._.layout = layout
    with nlp.select_pipes(disable=list(STAGES[1:])):
        return next(nlp.pipe([doc]))


def test_offsets_are_those_of_the_raw_text(nlp: Language) -> None:
    doc = _read(nlp, PAGE, date(2021, 9, 16))
    found = [PAGE[s.start_char : s.end_char] for s in doc.spans["dates"]]
    assert found == ["Tuesday", "Sept. 14", "2020\u20132021", "two weeks"]
    assert [s._.date.value for s in doc.spans["dates"]] == ["2021-09-14", "2021-09-14", "2020/2021", "P2W"]


def test_the_byline_is_not_read(nlp: Language) -> None:
    text = "By April Sunday-Wu\n\nThe fair opened on Sunday."
    layout = Layout(clean=text.replace("\n", " "), blocks=(Block("byline", 3, 18), Block("body", 20, len(text))))
    doc = _read(nlp, text, date(2021, 9, 16), layout)
    assert [(s.text, s._.date.value) for s in doc.spans["dates"]] == [("Sunday", "2021-09-12")]


def test_without_a_day_of_writing_there_are_no_bounds_but_a_flag(nlp: Language) -> None:
    doc = _read(nlp, "The valve burst last week. It was made in 1987.", None)
    last_week, made = (s._.date for s in doc.spans["dates"])
    assert (last_week.earliest, last_week.latest) == (None, None)
    assert [f.code for f in last_week.flags] == ["date-unanchored"]
    assert made.flags == ()
    assert last_week.confidence < made.confidence


def test_weekdays_count_from_the_dateline(nlp: Language) -> None:
    layout = Layout(clean="", blocks=(Block("body", 0, 36),), dateline_date=date(2021, 9, 14))
    doc = _read(nlp, "The bank cut its rate on Wednesday.", date(2021, 9, 16), layout)
    assert doc.spans["dates"][0]._.date.value == "2021-09-08"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "No time is named here at all."])
def test_nothing_to_find(text: str, nlp: Language) -> None:
    assert list(_read(nlp, text, date(2021, 9, 16)).spans["dates"]) == []


def test_spans_never_overlap(nlp: Language) -> None:
    doc = _read(nlp, "Shops of the 1980s/1990s closed; H1/H2 2020 and May 3/June 4 were slow.", date(2021, 9, 16))
    spans = list(doc.spans["dates"])
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_the_second_reading_equals_the_first(nlp: Language) -> None:
    first, second = (_read(nlp, PAGE, date(2021, 9, 16)) for _ in range(2))
    assert [s._.date for s in first.spans["dates"]] == [s._.date for s in second.spans["dates"]]
