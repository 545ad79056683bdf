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


@pytest.mark.parametrize(
    ("text", "workplace"),
    [
        ("Mo Qiu of the Hubei Provincial Forestry Bureau warned of fires.", "Hubei Provincial Forestry Bureau"),
        ("Wells are dry, said Mo Qiu, of the Hubei Provincial Forestry Bureau.", "Hubei Provincial Forestry Bureau"),
        ("Mo Qiu, with Lantau Bank, expects lower rates.", "Lantau Bank"),
        ("Mo Qiu, with Lantau Bank refusing to pay, sold his flat.", None),
        ("Mo Qiu, from Wuxi, expects lower rates.", None),
    ],
)
def test_a_body_behind_a_name_is_where_its_bearer_works(nlp: Language, text: str, workplace: str | None) -> None:
    doc = next(nlp.pipe([make_doc(nlp, text)], disable=LATER))
    (person,) = (span._.person for span in doc.spans["people"])
    assert (person.workplace and doc.text[slice(*person.workplace)]) == workplace


def test_there_are_enough_labelled_sentences() -> None:
    assert len(SENTENCES) >= 150
