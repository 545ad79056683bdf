from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.nlp import STAGES, make_doc
from tests.stages.people.labelled import Sentence, read_sentences

if TYPE_CHECKING:
    from spacy.language import Language

SENTENCES = read_sentences(Path(__file__).with_name("sentences.txt"))

#: The stages after this one.
LATER = list(STAGES[STAGES.index("find_people") + 1 :])


def cases() -> list[pytest.param]:
    return [
        pytest.param(
            sentence,
            id=sentence.text[:60],
            marks=[pytest.mark.xfail(reason=sentence.known_failure, strict=True)] if sentence.known_failure else [],
        )
        for sentence in SENTENCES
    ]


@pytest.mark.parametrize("sentence", cases())
def test_names_families_titles_and_employers_are_read_as_labelled(nlp: Language, sentence: Sentence) -> None:
    doc = next(nlp.pipe([make_doc(nlp, sentence.text)], disable=LATER))
    found = []
    for span in doc.spans["people"]:
        person = span._.person
        family = "~" if person.surname_only else person.family_name or "-"
        roles = tuple((r.text, r.employer and doc.text[slice(*r.employer)].rstrip(".")) for r in person.roles)
        found.append((span.start_char, span.text, family, roles))
    wanted = [(p.start, p.name, p.family, p.roles) for p in sentence.people]
    assert found == wanted


def test_there_are_enough_labelled_sentences() -> None:
    assert len(SENTENCES) >= 150
