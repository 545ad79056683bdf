from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import STAGES, make_doc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

MARK = re.compile(r"\[([^\[\]]+?) => ([^\[\]]+)\]")
KNOWN = re.compile(r"!([^!]+)!\s*")


@dataclass(frozen=True)
class Paragraph:
    text: str
    mentions: tuple[tuple[int, str, str], ...]
    known_failure: str | None


def read_paragraph(line: str) -> Paragraph:
    known = KNOWN.match(line)
    body = line[known.end() :] if known else line
    text, mentions, last = "", [], 0
    for mark in MARK.finditer(body):
        text += body[last : mark.start()]
        mentions.append((len(text), mark[1], mark[2]))
        text += mark[1]
        last = mark.end()
    return Paragraph(text + body[last:], tuple(mentions), known[1] if known else None)


LINES = Path(__file__).with_name("paragraphs.txt").read_text("utf-8").splitlines()
PARAGRAPHS = [read_paragraph(line) for line in LINES if line and not line.startswith("#")]

#: The stages after this one.
LATER = list(STAGES[STAGES.index("resolve_references") + 1 :])


def cases() -> list[pytest.param]:
    return [
        pytest.param(
            p, id=p.text[:60], marks=[pytest.mark.xfail(reason=p.known_failure, strict=True)] if p.known_failure else []
        )
        for p in PARAGRAPHS
    ]


def names(doc: Doc) -> dict[tuple[int, int], str]:
    entities = doc._.entities
    by_ref = {**entities.people, **entities.organisations, **entities.regions}
    return {m.extent: by_ref[m.ref].name for m in entities.mentions if m.ref}


@pytest.mark.parametrize("paragraph", cases())
def test_mentions_mean_what_is_labelled_and_nothing_else_resolves(nlp: Language, paragraph: Paragraph) -> None:
    doc = next(nlp.pipe([make_doc(nlp, paragraph.text)], disable=LATER))
    found = names(doc)
    wanted = {(start, start + len(text)): name for start, text, name in paragraph.mentions}
    resolved = {extent: found.get(extent) for extent in wanted}
    references = {(s.start_char, s.end_char) for s in doc.spans["references"]}
    assert resolved == wanted
    assert references <= set(wanted)


def test_there_are_enough_labelled_paragraphs() -> None:
    assert len(PARAGRAPHS) >= 100
