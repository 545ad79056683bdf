"""What only a whole text shows: aliases over sentences, parents, keys; and texts made to hurt."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import make_doc
from pipeline.stages.organisations.patterns import (
    BODY_OF_PLACE,
    INSIDE_TITLE,
    LEVELLED,
    MINISTRY,
    OWNED,
    PLACED,
    POSSESSED,
    RUN,
)
from pipeline.stages.organisations.shape import read_shape

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span


def organisations(nlp: Language, text: str) -> list[Span]:
    doc = next(nlp.pipe([make_doc(nlp, text)]))
    return list(doc.spans["organisations"])


def test_all_mentions_of_one_body_share_a_key(nlp: Language) -> None:
    text = (
        "The National Bureau of Statistics of China (NBS) revised its figures. Prices fell, the NBS said. "
        "Economists trust the National Bureau of Statistics."
    )
    spans = organisations(nlp, text)
    assert [span.text for span in spans] == [
        "National Bureau of Statistics of China",
        "NBS",
        "NBS",
        "National Bureau of Statistics",
    ]
    assert len({span.kb_id_ for span in spans}) == 1


def test_bracket_behind_an_event_is_no_organisation(nlp: Language) -> None:
    text = "The Western China Tea Fair (WCTF) opened in Ya'an. Some 300 firms came to the WCTF."
    assert organisations(nlp, text) == []


def test_ambiguous_abbreviation_needs_its_full_name(nlp: Language) -> None:
    assert organisations(nlp, "MOST of the towns are small.") == []
    spans = organisations(nlp, "The Ministry of Science and Technology (MOST) paid. MOST will pay again.")
    assert [span.text for span in spans] == ["Ministry of Science and Technology", "MOST", "MOST"]


def test_two_ministries_of_finance(nlp: Language) -> None:
    text = "The Ministry of Finance raised the tariff. Japan's Ministry of Finance did not comment."
    first, second = organisations(nlp, text)
    assert first.kb_id_ != second.kb_id_
    assert (first._.organisation.seat, second._.organisation.seat) == ("China", "Japan")


def test_parent_is_the_extent_of_the_whole(nlp: Language) -> None:
    text = "He joined the State Council in 2003. The General Office of the State Council wrote the text."
    council, office = organisations(nlp, text)
    assert office._.organisation.parent == (council.start_char, council.end_char)
    assert council._.organisation.parent is None


def test_name_over_a_line_break(nlp: Language) -> None:
    (span,) = organisations(nlp, "A rule of the Ministry of\nCivil Affairs took effect.")
    assert span._.organisation.name == "Ministry of Civil Affairs"


def test_paragraphs_do_not_join(nlp: Language) -> None:
    text = "They met officials of Hubei University\n\nWuhan Customs gave no number."
    assert [span.text for span in organisations(nlp, text)] == ["Hubei University", "Wuhan Customs"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "...", "((((((((", "Co Co Co Co.", "of of of the the", "’s ’s"])
def test_odd_texts_give_nothing(nlp: Language, text: str) -> None:
    assert organisations(nlp, text) == []


HOSTILE = [
    "N" * 20000,
    "NG" * 10000,
    "W,WaW" * 4000,
    "wnwn" * 5000,
    "GqGq" * 5000,
    "vwvwa" * 4000,
    "-" * 20000,
    "N-" * 10000,
]
PATTERNS = [BODY_OF_PLACE, INSIDE_TITLE, LEVELLED, MINISTRY, OWNED, PLACED, POSSESSED, RUN]


@pytest.mark.parametrize("shape", HOSTILE, ids=lambda shape: shape[:6])
def test_patterns_stay_fast(shape: str) -> None:
    start = time.perf_counter()
    for pattern in PATTERNS:
        for _ in pattern.finditer(shape + "x"):
            pass
    assert time.perf_counter() - start < 2


def test_shape_has_one_letter_a_token(nlp: Language) -> None:
    doc = make_doc(nlp, "The All-China Women's Federation of Zhejiang province, Co. Ltd. (NBS) met.\n\nNo. 2 Shop")
    assert len(read_shape(doc)) == len(doc)


HOSTILE_TEXTS = [
    "Bank of " * 1500,
    "Ministry " * 3000,
    "provincial department of commerce and " * 700,
    "Ministry of Commerce (MOFCOM), " * 700,
    "Zhejiang " * 3000,
    "the CEO of " * 1500 + "Acme",
    "(NBS) " * 1500,
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=lambda text: text[:12])
def test_stage_stays_fast(nlp: Language, text: str) -> None:
    doc = make_doc(nlp, text)
    with nlp.select_pipes(enable=["start_blocks"]):
        doc = nlp(doc)
    start = time.perf_counter()
    nlp.get_pipe("find_organisations")(doc)
    assert time.perf_counter() - start < 5
