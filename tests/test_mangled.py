"""Whatever is done to a text, every record stands where it says and every reference resolves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extractor import Extractor
from pipeline.read.decode import plain_text
from pipeline.schema import Document
from pipeline.write.check import check

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

CORPUS = sorted((Path(__file__).parents[1] / "corpus" / "articles").glob("*.txt"))
TEXTS = [file.read_text("utf-8") for file in CORPUS]

MANGLES: dict[str, Callable[[str, int], str]] = {
    "cut short": lambda text, at: text[:at],
    "cut off at the front": lambda text, at: text[at:],
    "a paragraph twice": lambda text, at: text.replace(
        _paragraph(text, at), _paragraph(text, at) + "\n\n" + _paragraph(text, at)
    ),
    "curly quotes": lambda text, at: text.replace("'", "\u2019").replace('"', "\u201c", 1).replace('"', "\u201d"),
    "no-break spaces": lambda text, at: text[:at] + text[at:].replace(" ", "\u00a0"),
    "emoji": lambda text, at: text[:at] + "\U0001f468\u200d\U0001f469\u200d\U0001f467 \U0001f600" + text[at:],
    "chinese": lambda text, at: text[:at] + "\u5317\u4eac\u5e02\uff0c" + text[at:],
    "crlf": lambda text, at: text.replace("\n", "\r\n"),
    "one line": lambda text, at: text.replace("\n", " "),
    "combining marks": lambda text, at: text[:at] + "e\u0301\u0301" + text[at:],
    "control characters": lambda text, at: text[:at] + "\x00\x0b\x1f\u2028" + text[at:],
    "no spaces": lambda text, at: text[:at] + text[at : at + 200].replace(" ", "") + text[at + 200 :],
    "upper case": lambda text, at: text[:at].upper() + text[at:],
    "lone surrogate": lambda text, at: text[:at] + "\ud83d" + text[at:],
    "an open quote": lambda text, at: text[:at] + ' "' + text[at:],
    "digits": lambda text, at: text[:at] + " 1,2,3.4.5-6/7% $ 8 " + text[at:],
}


def _paragraph(text: str, at: int) -> str:
    parts = [part for part in text.split("\n\n") if part]
    return parts[at % len(parts)]


def assert_grounded(extractor: Extractor, text: str) -> None:
    document = extractor.extract(text)
    check(document, plain_text(text))
    assert Document.model_validate_json(document.model_dump_json()) == document


@pytest.fixture(scope="module")
def extractor(nlp: Language) -> Extractor:
    made = Extractor()
    made.__dict__["nlp"] = nlp
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(
    text=st.sampled_from(TEXTS),
    mangles=st.lists(st.tuples(st.sampled_from(sorted(MANGLES)), st.floats(0, 1)), min_size=1, max_size=4),
)
def test_mangled_articles(extractor: Extractor, text: str, mangles: list[tuple[str, float]]) -> None:
    for name, where in mangles:
        if text:
            text = MANGLES[name](text, int(where * len(text)))
    assert_grounded(extractor, text)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.text(max_size=300))
def test_any_text_at_all(extractor: Extractor, text: str) -> None:
    assert_grounded(extractor, text)
