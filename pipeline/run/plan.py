"""Articles to tasks: shards of about the same length, no more held at once than the workers can soon begin."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from math import ceil

from pipeline.run.worker import Keyed

#: Characters in a shard: about a second of work, so that little is lost with a worker and little is waited for.
TARGET = 60_000


def shards(articles: Iterable[Keyed], *, workers: int) -> Iterator[tuple[Keyed, ...]]:
    """Deal `articles` into shards; every worker gets something to do, also when there are few."""
    window: list[Keyed] = []
    size = 0
    for article in articles:
        window.append(article)
        size += len(article[1].text)
        if size >= 2 * workers * TARGET:
            yield from _dealt(window, size, workers)
            window, size = [], 0
    yield from _dealt(window, size, workers)


def _dealt(window: list[Keyed], size: int, workers: int) -> Iterator[tuple[Keyed, ...]]:
    """Longest first, each to the shard that has least; articles of a shard stay in the order of their length."""
    count = min(len(window), max(ceil(size / TARGET), workers))
    heap: list[tuple[int, int, list[Keyed]]] = [(0, number, []) for number in range(count)]
    for article in sorted(window, key=lambda one: (-len(one[1].text), one[0])):
        length, number, shard = heapq.heappop(heap)
        shard.append(article)
        heapq.heappush(heap, (length + len(article[1].text), number, shard))
    yield from (tuple(shard) for _, _, shard in sorted(heap, key=lambda one: one[1]))
