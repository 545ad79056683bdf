"""The labelled passages: every statement found with its extent, cue, mode and source, and no other."""

from __future__ import annotations

import pytest

from pipeline.nlp import make_doc
from tests.stages.statements.passages import read_passages

PASSAGES = read_passages()


def cases():
    return list(_cases())


def _cases():
    for passage in PASSAGES:
        marks = pytest.mark.xfail(strict=True, reason=passage.reason) if passage.reason else ()
        yield pytest.param(passage, id=passage.text[:50], marks=marks)


@pytest.fixture(scope="module")
def docs(nlp):
    found = nlp.pipe(make_doc(nlp, passage.text) for passage in PASSAGES)
    return {passage.text: doc for passage, doc in zip(PASSAGES, found, strict=True)}


def bare(text, extent):
    """An extent without marks and commas at its ends, so that labels needn't say where those go."""
    start, end = extent
    while start < end and text[start] in " \"'“”,.;:\n":
        start += 1
    while end > start and text[end - 1] in " \"'“”,.;:\n":
        end -= 1
    return start, end


@pytest.mark.parametrize("passage", cases())
def test_statements(docs, passage):
    doc = docs[passage.text]
    text = passage.text
    got = []
    for span in doc.spans["statements"]:
        value = span._.statement
        got.append((text[slice(*bare(text, (span.start_char, span.end_char)))], _cue(text, value), value.mode))
    want = [
        (text[slice(*bare(text, one.content))], text[slice(*one.cue)] if one.cue else None, one.mode)
        for one in sorted(passage.statements, key=lambda one: one.content)
    ]
    assert got == want
    assert [_speaker(doc, span._.statement) for span in doc.spans["statements"]] == [
        one.speaker if one.speaker else _speaker(doc, span._.statement)
        for one, span in zip(
            sorted(passage.statements, key=lambda one: one.content), doc.spans["statements"], strict=True
        )
    ]


def _cue(text, value):
    return text[value.cue.start : value.cue.end] if value.cue else None


def _speaker(doc, value):
    entities = doc._.entities
    if value.speaker is None:
        return "-"
    return {**entities.people, **entities.organisations}[value.speaker].name


def test_there_are_enough_passages():
    assert len(PASSAGES) >= 150
