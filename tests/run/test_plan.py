from __future__ import annotations

import pytest

from pipeline.read.article import RawArticle
from pipeline.run.plan import TARGET, shards
from pipeline.run.worker import Keyed


def keyed(*lengths: int) -> list[Keyed]:
    return [(f"k{number:04}", RawArticle(f"d{number}", "x" * length)) for number, length in enumerate(lengths)]


@pytest.mark.parametrize(("count", "workers", "expected"), [(1, 4, 1), (3, 4, 3), (8, 2, 2), (0, 2, 0)])
def test_every_worker_gets_something(count: int, workers: int, expected: int) -> None:
    assert len(list(shards(keyed(*[100] * count), workers=workers))) == expected


def test_shards_are_of_about_one_length_and_lose_nothing() -> None:
    articles = keyed(*(50 + (number * 7919) % 5_000 for number in range(500)))
    made = list(shards(articles, workers=2))
    assert sorted(one for shard in made for one in shard) == articles
    lengths = [sum(len(article.text) for _, article in shard) for shard in made]
    assert max(lengths) <= 1.2 * TARGET
    assert max(lengths[:-4]) < 1.1 * min(lengths[:-4])


def test_articles_are_asked_for_when_they_are_needed() -> None:
    asked = []

    def endless():  # type: ignore[no-untyped-def]
        number = 0
        while True:
            asked.append(number)
            yield f"k{number}", RawArticle("d", "x" * 1000)
            number += 1

    next(iter(shards(endless(), workers=2)))
    assert len(asked) <= 5 * TARGET / 1000
