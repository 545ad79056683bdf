"""The tables of the stage: no form stands for two bodies, every kind is one of the schema's."""

from __future__ import annotations

from collections import Counter
from typing import get_args

from pipeline.resources import table
from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.known import by_first_word, split_words
from pipeline.stages.organisations.lexicon import heads, names

KINDS = set(get_args(OrganisationKind))


def forms() -> list[tuple[tuple[str, ...], str]]:
    return [(form.words, form.name) for listed in by_first_word().values() for form in listed]


def test_no_form_stands_for_two_organisations() -> None:
    meanings = Counter(words for words, _ in set(forms()))
    assert [words for words, count in meanings.items() if count > 1] == []


def test_kinds_are_those_of_the_schema() -> None:
    assert {row["kind"] for row in table("organisations/bodies")} <= KINDS
    assert set(heads().values()) <= KINDS


def test_ambiguous_abbreviations_are_in_the_tables() -> None:
    known = {words[0] for words, _ in forms() if len(words) == 1}
    assert names("ambiguous_abbreviations") <= known


def test_split_words_is_how_the_tokeniser_reads_a_name() -> None:
    assert split_words("All-China Women's Federation") == ("All", "-", "China", "Women", "'s", "Federation")
    assert split_words("CPC (Party), of") == ("CPC", "(", "Party", ")", ",", "of")
