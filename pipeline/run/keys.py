"""What an article is known by: the digest of everything in it that decides its result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.read.article import RawArticle, ReadError


class Input(NamedTuple):
    """An input as the ledger notes it: what it is, what it wants to be called, where it stands.

    `stage` and `error` are set where it couldn't even be read.
    """

    key: str
    wanted: str
    source: str
    encoding: str | None = None
    stage: str | None = None
    error: str | None = None

    @classmethod
    def of(cls, item: RawArticle | ReadError) -> Input:
        """Note an article, or why there is none."""
        if isinstance(item, ReadError):
            return cls(key_of([item.source, item.error]), item.doc_id, item.source, None, item.stage, item.error)
        return cls(article_key(item), item.doc_id, item.source, item.encoding)


def article_key(article: RawArticle) -> str:
    """The digest of what is extracted from, metadata included; neither name, place nor encoding are part of it."""
    default = None if article.published else article.default_published
    days = [day.isoformat() if day else "" for day in (article.published, default)]
    rest = [article.title or "", article.publisher or "", article.url or "", "\n".join(article.notes)]
    return key_of([article.text, *days, *rest, *article.authors])


def key_of(parts: Sequence[str]) -> str:
    """The SHA-256 of some texts, each kept apart from the next."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
