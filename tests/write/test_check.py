from __future__ import annotations

from typing import Any

import pytest

from pipeline.schema import Article, Claim, Document, Evidence, Flag, Mention, NumberTrace, Person, Statement
from pipeline.write.check import UngroundedError, check

TEXT = "Officials in Gansu planted 300 trees, Ma Jun said."


def article() -> Article:
    return Article(
        doc_id="a",
        source="a.txt",
        sha256="",
        title=None,
        authors=(),
        publisher=None,
        published=None,
        dateline_place=None,
        url=None,
        language="en",
        n_sentences=1,
        n_words=9,
    )


PERSON = Person(
    id="p1",
    name="Ma Jun",
    family_name="Ma",
    given_name="Jun",
    roles=(),
    organisation=None,
    is_author=False,
    resolved=True,
    mentions=1,
    start=38,
    rule="",
    confidence=1,
)
MENTION = Mention(id="m1", kind="person", form="name", text="Ma Jun", start=38, end=44, sentence=0, ref="p1")
CLAIM = Claim(
    id="c1",
    text="300",
    start=27,
    end=30,
    value=300,
    value_high=None,
    unit="1",
    kind="count",
    measure="trees",
    comparator="=",
    modifier=None,
    change=None,
    basis=None,
    regions=(),
    date=None,
    date_until=None,
    speaker="p1",
    related=None,
    relation=None,
    sentence=0,
    evidence={"measure": Evidence(text="trees", start=31, end=36)},
    rule="",
    confidence=1,
)
STATEMENT = Statement(
    id="s1",
    text=TEXT[:36],
    start=0,
    end=36,
    speaker="p1",
    speaker_text="Ma Jun",
    speaker_kind="person",
    cue="said",
    cue_start=45,
    cue_end=49,
    mode="indirect",
    sentence=0,
    rule="",
    confidence=1,
)


def document(**changes: Any) -> Document:
    fields: dict[str, Any] = dict.fromkeys(Document.model_fields, ())
    fields |= {"article": article(), "people": (PERSON,), "mentions": (MENTION,), "claims": (CLAIM,)}
    return Document(**(fields | {"statements": (STATEMENT,)} | changes))


def test_a_grounded_document_passes() -> None:
    check(document(), TEXT)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"mentions": (MENTION.model_copy(update={"start": 37}),)}, "m1: the text at 37:44"),
        ({"mentions": (MENTION.model_copy(update={"end": 4000}),)}, "m1: the text at 38:4000"),
        ({"mentions": (MENTION.model_copy(update={"start": -12}),)}, "m1: the text at -12:44"),
        ({"mentions": (MENTION.model_copy(update={"ref": "p2"}),)}, "m1 refers to p2"),
        ({"claims": (CLAIM.model_copy(update={"text": "3OO"}),)}, "c1: the text"),
        ({"claims": (CLAIM.model_copy(update={"related": "c9"}),)}, "c1 refers to c9"),
        ({"claims": (CLAIM.model_copy(update={"regions": ("r1",)}),)}, "c1 refers to r1"),
        ({"claims": (CLAIM.model_copy(update={"evidence": {"date": Evidence(text="x", start=0, end=1)}}),)}, "c1: the"),
        ({"statements": (STATEMENT.model_copy(update={"cue_start": 44}),)}, "s1: the text at 44:49"),
        ({"statements": (STATEMENT.model_copy(update={"speaker": "o1"}),)}, "s1 refers to o1"),
        ({"people": (PERSON.model_copy(update={"organisation": "o1"}),)}, "p1 refers to o1"),
        ({"people": (PERSON, PERSON)}, "two records have one id"),
        ({"flags": (Flag(record="c2", code="x", message=""),)}, "x refers to c2"),
        (
            {"coverage": (NumberTrace(text="3", start=27, end=30, sentence=0, outcome="", record=None, reason=None),)},
            "coverage: the text",
        ),
    ],
)
def test_what_does_not_stand_in_the_text_is_named(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(UngroundedError, match=words):
        check(document(**changes), TEXT)
