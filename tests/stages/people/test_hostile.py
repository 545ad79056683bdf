"""Documents that nobody writes: the component must come through, in time that grows with their length."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.en import English
from spacy.tokens import Doc

from pipeline.stages.people.find import find_people
from pipeline.stages.references.find import resolve_references

if TYPE_CHECKING:
    from spacy.vocab import Vocab

if not Doc.has_extension("layout"):
    Doc.set_extension("layout", default=None)

WORDS = st.sampled_from(
    [
        "Zhou",
        "Qiang",
        "He",
        "You",
        "An",
        "said",
        ",",
        ".",
        "the",
        "director",
        "of",
        "at",
        "and",
        "Mr",
        "(",
        ")",
        "-",
        "'s",
        "ministry",
        "company",
        "he",
        "she",
        "it",
        "Li",
        "Wei",
        "Erkin",
        "US",
        "45",
    ]
)


@cache
def blank() -> Vocab:
    return English().vocab


@pytest.fixture(scope="module")
def vocab() -> Vocab:
    return blank()


def read(vocab: Vocab, words: list[str]) -> Doc:
    doc = Doc(vocab, words=words, sent_starts=[i % 20 == 0 for i in range(len(words))])
    doc.spans["organisations"] = []
    doc.spans["regions"] = []
    return resolve_references(find_people(doc))


@pytest.mark.parametrize(
    "pattern",
    [
        ["Wang"],
        ["Zhou", "Qiang"],
        ["director", "of"],
        ["Wang", "-"],
        ["the", "director", ","],
        ["Zhou", ",", "director", "and"],
        ["said", "Zhang"],
        ["he"],
        ["("],
        ["Mr"],
        ["A", "B", "C"],
    ],
)
def test_time_grows_with_length(vocab: Vocab, pattern: list[str]) -> None:
    read(vocab, pattern * 50)
    started = time.process_time()
    read(vocab, pattern * 1_000)
    small = time.process_time() - started
    started = time.process_time()
    read(vocab, pattern * 4_000)
    large = time.process_time() - started
    assert large < 12 * small + 0.2


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_order_of_words_is_read_and_spans_lie_in_the_text(words: list[str]) -> None:
    doc = read(blank(), words) if words else None
    for span in doc.spans["people"] if doc else ():
        person = span._.person
        assert span.text.split()
        for role in person.roles:
            assert doc is not None
            assert doc.text[role.extent.start : role.extent.end].split() == role.text.split()
    for mention in doc._.entities.mentions if doc else ():
        assert mention.extent.start < mention.extent.end
