from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resources import table, words
from pipeline.stages.people.normalise import (
    chinese_name,
    count_syllables,
    foreign_name,
    is_given_pinyin,
    is_hyphenated_given,
    is_minority,
    mixed_name,
    read_name,
)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("Qiang", 1),
        ("Jiankui", 2),
        ("Ya'nan", 2),
        ("Xian-ming", 2),
        ("Xian", 1),
        ("Zhuangshuang", 2),
        ("Lü", 1),
        ("Nv", 1),
        ("Smith", None),
        ("Tuniyaz", None),
        ("", None),
        ("-", None),
        ("Zhang2", None),
    ],
)
def test_syllables_are_counted_as_pinyin_is_written(word: str, syllables: int | None) -> None:
    assert count_syllables(word) == syllables


@pytest.mark.parametrize(
    ("text", "family", "given", "rule"),
    [
        ("Zhou Qiang", "Zhou", "Qiang", "pinyin"),
        ("He Lanying", "He", "Lanying", "pinyin"),
        ("Ouyang Ping", "Ouyang", "Ping", "compound"),
        ("Wang Xiao Ming", "Wang", "Xiao Ming", "pinyin"),
        ("Tung Chee-hwa", "Tung", "Chee-hwa", "hyphenated"),
        ("Tsai Ing-wen", "Tsai", "Ing-wen", "hyphenated"),
        ("Carrie Lam Cheng Yuet-ngor", "Lam", "Carrie Yuet-ngor", "mixed"),
        ("Paul Chan Mo-po", "Chan", "Paul Mo-po", "mixed"),
        ("Vivian Zhu", "Zhu", "Vivian", "mixed"),
        ("Teh-han Chow", "Chow", "Teh-han", "mixed"),
        ("Yoon Suk-yeol", "Yoon", "Suk-yeol", "korean"),
        ("Lee Hsien Loong", "Lee", "Hsien Loong", "family-first"),
        ("Kim Jong Un", "Kim", "Jong Un", "family-first"),
        ("Ursula von der Leyen", "von der Leyen", "Ursula", "foreign"),
        ("Mohammed bin Salman", "bin Salman", "Mohammed", "foreign"),
        ("Gianni Di Giovanni", "Di Giovanni", "Gianni", "foreign"),
        ("Harriet Blake", "Blake", "Harriet", "foreign"),
        ("Erkin Tuniyaz", None, None, "minority"),
        ("Tsering Dolma", None, None, "minority"),
        ("Batbayar", None, None, "minority"),
        ("Pele", None, None, "plain"),
    ],
)
def test_names_are_read_in_their_order(text: str, family: str | None, given: str | None, rule: str) -> None:
    name = read_name(text)
    assert (name.text, name.family_name, name.given_name, name.rule) == (text, family, given, rule)


@pytest.mark.parametrize(
    "parts", [("Smith", "Qiang"), ("Zhou",), (), ("", "Qiang"), ("Wang", "Mountain"), ("Zhou", "Qiang", "Shanghai")]
)
def test_other_structures_are_no_chinese_names(parts: tuple[str, ...]) -> None:
    assert chinese_name(parts) is None


@pytest.mark.parametrize(
    ("word", "is_given"), [("Yuet-ngor", True), ("Jae-In", True), ("Yuet", False), ("-ngor", False)]
)
def test_hyphenated_given_names(word: str, is_given: bool) -> None:
    assert is_hyphenated_given(word) is is_given


FAMILIES = sorted(r["family"] for r in table("people/family_names") if r["origin"] in ("pinyin", "compound"))
SYLLABLES = sorted(words("people/pinyin_syllables"))


@given(st.sampled_from(FAMILIES), st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=2))
def test_every_family_name_with_one_or_two_syllables_is_a_name_family_first(family: str, given_name: list[str]) -> None:
    given_ = "'".join(given_name).capitalize()
    name = chinese_name((family.capitalize(), given_))
    assert name is not None
    assert (name.family_name, name.given_name) == (family.capitalize(), given_)


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers(text: str) -> None:
    name = read_name(text)
    assert name.text == " ".join(text.split()) or name.text == text
    if name.family_name is not None:
        assert set(name.family_name.split()) <= set(text.split())


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3))
def test_syllables_joined_never_count_more_than_they_are(syllables: list[str]) -> None:
    counted = count_syllables("".join(syllables))
    assert counted is not None
    assert counted <= len(syllables)


@pytest.mark.parametrize(
    "hostile", ["a" * 100_000, "zhuang" * 20_000, "A-" * 50_000, "'" * 100_000, "Wang " * 20_000, "e" * 17]
)
def test_long_hostile_words_are_read_in_no_time(hostile: str) -> None:
    started = time.perf_counter()
    count_syllables(hostile)
    is_given_pinyin(hostile)
    is_hyphenated_given(hostile)
    is_minority(hostile)
    parts = tuple(hostile.split())
    chinese_name(parts)
    mixed_name(parts)
    if parts:
        foreign_name(parts)
    assert time.perf_counter() - started < 0.5


def test_tables_are_clean() -> None:
    rows = table("people/family_names")
    assert len({(r["family"], r["origin"]) for r in rows}) == len(rows)
    assert all(r["frequency"] in ("common", "rare") and r["family"] == r["family"].lower() for r in rows)
    heads = [row["head"] for row in table("people/roles")]
    assert len(heads) == len(set(heads))
    assert all(head == head.lower() for head in heads)
