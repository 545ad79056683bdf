"""Text that no newspaper writes: nothing breaks, nothing takes long, offsets stay."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.stages.regions.find import RegionFinder
from pipeline.stages.regions.normalise import looks_chinese

if TYPE_CHECKING:
    from spacy.language import Language

FINDER = RegionFinder()
BLANK = spacy.blank("en")
PIECES = [
    "Beijing", "Suzhou", "Chaoyang district", "Guangdong-Hong Kong-Macao", "the", ",", " and ", "'s", "provinces",
    "-", "  ", ".", "China", "Inner Mongolia autonomous region", "village", "of", "high-tech zone", "(", ")",
    "\u4e2d", "US$", "Xi'an", "Miao", "autonomous", "a city in", "\U0001f600", "Bay Area", "Zone",
]  # fmt: skip


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " ", "  "]))
@settings(max_examples=60, deadline=None)
def test_spans_stay_in_order_and_apart(pieces: list[str], blanks: str) -> None:
    doc = FINDER(BLANK(blanks.join(pieces)))
    last = 0
    for span in doc.spans["regions"]:
        assert span.start >= last
        assert span._.region.name
        assert 0 < span._.region.confidence <= 1
        last = span.end


@pytest.mark.parametrize(
    "text",
    [
        "Beijing-" * 4_000,
        "Suzhou, " * 4_000,
        "A " * 20_000,
        "Xi'an" * 4_000,
        "Chaoyang district of " * 2_000,
        "the provinces of " * 4_000,
        "Bianbianbian" * 4_000 + " village",
        "Zhang " * 10_000 + "high-tech zone",
        "Miao and Dong " * 4_000 + "autonomous county",
        "U.S." * 4_000,
        "Qinghai village " * 2_000,
    ],
    ids=lambda text: text[:14],
)
def test_time_grows_with_the_length_only(blank: Language, text: str) -> None:
    blank.max_length = 10**7
    times = []
    for part in (text[: len(text) // 4], text):
        doc = blank(part)
        start = time.perf_counter()
        FINDER(doc)
        times.append(time.perf_counter() - start)
    assert times[1] < 16 * times[0] + 0.5, times


def test_an_empty_document(blank: Language) -> None:
    assert list(FINDER(blank("")).spans["regions"]) == []


def test_a_document_without_model_or_extensions(blank: Language) -> None:
    doc = FINDER(blank("Trade between Shenzhen and Hong Kong grew."))
    assert [span.text for span in doc.spans["regions"]] == ["Shenzhen", "Hong Kong"]
    assert isinstance(doc, Doc)


@pytest.mark.parametrize(
    ("word", "answer"),
    [("Dafen", True), ("Xinhe", True), ("Ji'an", True), ("Water", False), ("Long", False), ("Springfield", False)],
)
def test_looks_chinese(word: str, answer: bool) -> None:
    assert looks_chinese(word) is answer
