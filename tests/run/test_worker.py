"""How long one article is tried, and what its neighbours see of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.read.article import RawArticle
from pipeline.run import worker
from pipeline.run.shard import Failure, Result
from pipeline.run.worker import Keyed, extracted

EXTRACTOR: Any = SimpleNamespace(nlp=SimpleNamespace(memory_zone=nullcontext))


def results(
    sleep: Callable[[float], None], _extractor: object, articles: Sequence[Keyed], *, sign: bool
) -> Iterator[Result]:
    for key, article in articles:
        if article.text == "for ever":
            sleep(60)
        if article.text == "fails":
            raise ValueError(article.text)
        yield Result(key, "{}", "{}", {}, article.text, 1, b"" if sign else None)


def keyed(*texts: str) -> list[Keyed]:
    return [(f"k{number}", RawArticle(f"d{number}", text)) for number, text in enumerate(texts)]


@pytest.mark.parametrize(("others", "tries"), [(0, 1), (9, 2), (40, 2)])
def test_an_article_that_takes_for_ever_is_tried_alone_once(
    monkeypatch: pytest.MonkeyPatch, others: int, tries: int
) -> None:
    """A quarter of its time together with others, so that the whole takes little more than the limit."""
    begun: list[float] = []

    def sleep(seconds: float) -> None:
        begun.append(time.perf_counter())
        threading.Event().wait(seconds)

    monkeypatch.setattr(worker, "_results", partial(results, sleep))
    found = list(extracted(EXTRACTOR, keyed(*["good"] * others, "for ever"), timeout=0.4))
    assert 0.4 <= time.perf_counter() - begun[-1] < 5
    assert len(begun) == tries
    assert begun[-1] - begun[0] < 5
    assert [isinstance(one, Failure) for one in found] == [False] * others + [True]
    assert "took longer than 0.4 s" in str(found[-1])


def test_an_article_that_fails_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_results", partial(results, time.sleep))
    found = list(extracted(EXTRACTOR, keyed("good", "fails", "good"), timeout=5))
    assert [one.key for one in found] == ["k0", "k1", "k2"]
    assert found[1] == Failure("k1", "extract", "ValueError: fails")
