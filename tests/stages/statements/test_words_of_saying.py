"""The tables of verbs and nouns, and the mode of a statement."""

from __future__ import annotations

import pytest

from pipeline.resources import table
from pipeline.stages.statements.normalise import mode_of
from pipeline.stages.statements.verbs import noun_kind, verbs

TAKES = {
    "aside",
    "that",
    "clause",
    "quote",
    "apart",
    "whether",
    "to",
    "somebody-to",
    "object",
    "transitive",
    "label",
    "of",
    "passive",
}


def test_table_of_verbs_is_whole():
    rows = table("statements/reporting_verbs")
    assert len({(row["verb"], row["particle"]) for row in rows}) == len(rows)
    for row in rows:
        assert all(row[key] for key in ("verb", "third", "past", "participle", "gerund", "takes")), row
        assert set(row["takes"].split()) <= TAKES, row
        assert row["subject"] in ("any", "people", "document"), row


@pytest.mark.parametrize(
    ("form", "verb", "particle"),
    [("said", "say", ()), ("pointed", "point", ("out",)), ("denies", "deny", ()), ("fretting", "fret", ())],
)
def test_verbs_by_form(form, verb, particle):
    assert (verbs()[form][0].name, verbs()[form][0].particle) == (verb, particle)


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("officials", "group"),
        ("official", "person"),
        ("surveys", "document"),
        ("study", "document"),
        ("studies", "document"),
        ("ministry", "organisation"),
        ("spokeswoman", "person"),
        ("economists", "group"),
        ("policemen", "group"),
        ("geologist", "person"),
        ("river", None),
    ],
)
def test_noun_kind(noun, kind):
    assert noun_kind(noun) == kind


@pytest.mark.parametrize(
    ("quoted", "words", "interrupted", "mode"),
    [
        (12, 12, False, "direct"),
        (0, 9, False, "indirect"),
        (4, 9, False, "mixed"),
        (9, 12, True, "direct"),
        (3, 12, True, "mixed"),
    ],
)
def test_mode(quoted, words, interrupted, mode):
    assert mode_of(quoted, words, interrupted=interrupted) == mode
