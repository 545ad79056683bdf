from __future__ import annotations

import random

import pytest

from pipeline.run.duplicates import Copy, duplicates, signature_of

WORDS = [f"{first}{second}" for first in "bdfgklmnprst" for second in ("an", "eng", "ila", "ong", "uo", "ie", "arre")]


def story(seed: int, length: int = 300) -> list[str]:
    chance = random.Random(seed)
    return [chance.choice(WORDS) for _ in range(length)]


def copy(doc_id: str, words: list[str], published: str | None = None) -> Copy:
    text = " ".join(words)
    return Copy(doc_id, published, str(hash(text)), signature_of(text))


def test_copies_point_at_the_earliest_and_then_the_first() -> None:
    words = story(1)
    found = duplicates(
        [
            copy("c", words, "2024-01-03"),
            copy("a", words, "2024-01-02"),
            copy("b", [*words[:290], "end"], "2024-01-01"),
            copy("d", ["dateline", *words]),
            copy("other", story(2)),
        ]
    )
    assert found == {"a": "b", "c": "b", "d": "b"}


@pytest.mark.parametrize(("changed", "expected"), [(4, True), (8, True), (40, False), (120, False)])
def test_how_much_may_be_changed(changed: int, expected: bool) -> None:
    words = story(3)
    other = list(words)
    for place in random.Random(4).sample(range(len(words)), changed):
        other[place] = "changed"
    assert bool(duplicates([copy("a", words), copy("b", other)])) is expected


def test_short_texts_are_copies_only_when_they_are_equal() -> None:
    assert duplicates([copy("a", ["few", "words"]), copy("b", ["few", "words"])]) == {"b": "a"}
    assert duplicates([copy("a", ["few", "words"]), copy("b", ["other", "words"])]) == {}


def test_equal_texts_are_copies_whatever_is_read_of_them() -> None:
    """With the title in the metadata, another part of the same text is the body."""
    one = copy("a", story(6))
    assert duplicates([one, one._replace(doc_id="b", signature=b"")]) == {"b": "a"}


def test_a_thousand_equal_texts_take_linear_time() -> None:
    one = copy("", story(5))
    found = duplicates(one._replace(doc_id=f"d{number:04}") for number in range(1000))
    assert set(found.values()) == {"d0000"}
    assert len(found) == 999


def test_the_order_does_not_count() -> None:
    articles = [copy(f"d{number}", story(number // 3)[: 300 - number % 3]) for number in range(30)]
    assert duplicates(articles) == duplicates(reversed(articles))
