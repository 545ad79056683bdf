"""What a worker does with a task: extract its articles, one bad article harming no other, and write its shard."""

from __future__ import annotations

import gc
import json
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.limit import OutOfTime, time_limit
from pipeline.read.article import RawArticle, named
from pipeline.run.decided import Decided, decide
from pipeline.run.duplicates import signature_of
from pipeline.run.shard import SUFFIX, Failure, Result, write_shard
from pipeline.write.check import UngroundedError, check
from pipeline.write.tables import rows

if TYPE_CHECKING:
    from spacy.language import Language

    from pipeline.extractor import Extractor

#: Articles that go through the model together.
BATCH_SIZE = 32

#: Characters of articles whose words stay in the vocabulary for good, as most come again; it costs some megabytes. The
#: words of later articles leave it with their batch, so that a worker doesn't grow.
KEPT = 1_000_000

Keyed = tuple[str, RawArticle]

#: A process does one task at a time, also where it has several threads: the model's vocabulary, the collector and the
#: limit of time are one a process.
_BUSY = threading.Lock()


class WorkerError(Exception):
    """A worker can't do any article; the message says what to do."""


class NoBodyError(ValueError):
    """A text has nothing to read."""


@dataclass(frozen=True, slots=True)
class Task:
    """Articles, each with its key, for one worker to do and write to one shard."""

    name: str
    shards: Path
    articles: tuple[Keyed, ...]
    decided: Decided
    timeout: float

    @property
    def path(self) -> Path:
        """Where the shard goes."""
        return self.shards / (self.name + SUFFIX)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task."""

    done: int
    failed: int
    words: int
    seconds: float


def work(task: Task) -> Outcome:
    """Do the articles of `task` and write its shard; the same task always writes the same."""
    with _BUSY:
        extractor = _extractor(task.decided)
        start = time.perf_counter()
        with _uncollected():
            results = list(extracted(extractor, task.articles, timeout=task.timeout))
    write_shard(task.path, results)
    done = [result for result in results if isinstance(result, Result)]
    seconds = time.perf_counter() - start
    return Outcome(len(done), len(results) - len(done), sum(result.words for result in done), seconds)


@cache
def _extractor(decided: Decided) -> Extractor:
    """The extractor of this process, loaded once; raises `WorkerError` where it isn't what the driver has."""
    from pipeline.extractor import Extractor
    from pipeline.nlp import Settings

    try:
        here = decide(model=decided.model, gazetteer=decided.gazetteer)
    except OSError as error:
        raise WorkerError(f"a worker can't read {decided.gazetteer} ({error.strerror}): put it where all can") from None
    if here != decided:
        raise WorkerError(f"a worker has another pilotfacts ({'; '.join(decided.changes(here))}): install the same")
    extractor = Extractor(Settings(model=decided.model, gazetteer=decided.gazetteer))
    extractor.nlp  # noqa: B018  Loaded now, so that the collector needn't look at it ever again.
    gc.collect()
    gc.freeze()
    return extractor


@contextmanager
def _uncollected() -> Iterator[None]:
    """Collect garbage after the block, not all through it: a tenth of the time went into finding next to none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


@dataclass(slots=True)
class _Vocabulary:
    """How much has been read whose words were kept, in this process."""

    read: int = 0

    def zone(self, nlp: Language, articles: Sequence[Keyed]) -> AbstractContextManager[object]:
        """What the words of `articles` live in: the process at first, then the batch."""
        size = sum(len(article.text) for _, article in articles)
        if self.read + size > KEPT:
            return nlp.memory_zone()
        self.read += size
        return nullcontext()


_VOCABULARY = _Vocabulary()


def extracted(extractor: Extractor, articles: Sequence[Keyed], *, timeout: float) -> Iterator[Result | Failure]:
    """The results of `articles`, in their order. A batch that fails is done again article by article.

    Every article may take `timeout` seconds by itself. A batch is about a second of work and gets a quarter of that,
    so that one that takes for ever costs little more than its own time before it is found.
    """
    for start in range(0, len(articles), BATCH_SIZE):
        batch = articles[start : start + BATCH_SIZE]
        results = _together(extractor, batch, timeout=timeout / 4) if len(batch) > 1 else None
        yield from results or (_alone(extractor, article, timeout=timeout) for article in batch)


def _together(extractor: Extractor, batch: Sequence[Keyed], *, timeout: float) -> list[Result] | None:
    """The results of a batch; None where one of it fails or takes too long, as nobody can tell which."""
    try:
        with time_limit(timeout), _VOCABULARY.zone(extractor.nlp, batch):
            return list(_results(extractor, batch, sign=True))
    except (Exception, OutOfTime):
        return None


def _alone(extractor: Extractor, article: Keyed, *, timeout: float) -> Result | Failure:
    key, _ = article
    try:
        with time_limit(timeout), _VOCABULARY.zone(extractor.nlp, [article]):
            return next(_results(extractor, [article], sign=False))
    except OutOfTime as late:
        told = f"took longer than {timeout:g} s: try it with a longer --timeout"
        return Failure(key, stage_of(late), told, timeout)
    except UngroundedError as error:
        return Failure(key, "write", str(error))
    except NoBodyError as error:
        return Failure(key, "layout", str(error))
    except Exception as error:
        return Failure(key, stage_of(error), named(error))


def _results(extractor: Extractor, articles: Sequence[Keyed], *, sign: bool) -> Iterator[Result]:
    """What comes of `articles`; an article alone isn't signed, as loading the library takes longer than the article."""
    from pipeline.records import to_document

    for (doc, article), (key, _) in zip(extractor.docs(a for _, a in articles), articles, strict=True):
        if doc._.language == "en" and not any(block.kind == "body" for block in doc._.layout.blocks):
            raise NoBodyError("no body found in this text: put the article's paragraphs there, or leave it out")
        document = to_document(doc, article)
        check(document, article.text)
        yield Result(
            key=key,
            article=json.dumps(document.article.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":")),
            records=document.model_dump_json(exclude={"article"}),
            rows=rows(document),
            text=article.text,
            words=document.article.n_words,
            signature=signature_of(doc._.layout.clean) if sign else None,
            clean="" if sign else doc._.layout.clean,
        )


def stage_of(error: BaseException) -> str:
    """The stage that `error` came from, by the innermost frame of ours: ``pipeline/stages/dates/…`` → ``dates``."""
    stage = "extract"
    for frame in traceback.extract_tb(error.__traceback__):
        parts = Path(frame.filename).parts
        if "stages" in parts and "pipeline" in parts:
            stage = parts[parts.index("stages") + 1]
    return stage.removesuffix(".py")
