"""A run: inputs to a run folder, from the first look at the folder to the manifest."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pipeline
from pipeline.model import MODEL
from pipeline.read.decode import plain_text
from pipeline.read.inputs import find_files
from pipeline.read.reader import Reader
from pipeline.run.assemble import ERRORS_FILE, RECORDS_FILE, TABLES, TEXTS, Tables, assemble
from pipeline.run.decided import Decided, decide
from pipeline.run.engine import engine_of
from pipeline.run.execute import Executor
from pipeline.run.ledger import FOLDER, FolderError, Ledger, News, check_free
from pipeline.run.pages import PageReader
from pipeline.run.plan import shards
from pipeline.run.progress import Progress, showing
from pipeline.run.shard import DamagedShardError
from pipeline.run.worker import Keyed, Task
from pipeline.write.files import replacing
from pipeline.write.parquet import require

MANIFEST = "run.json"


@dataclass(frozen=True, slots=True)
class Options:
    """What a run is asked for, besides its inputs and its folder."""

    jobs: int = 1
    engine: str = "local"
    address: str | None = None
    parquet: bool = False
    model: str = MODEL
    gazetteer: str | None = None
    published: date | None = None
    timeout: float = 120.0
    fresh: bool = False
    retry_failed: bool = False
    quiet: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run: its tables, what was done now, and what is different from the run before.

    `done` and `failed` count different texts, each of which is extracted once; `news` counts documents.
    """

    folder: Path
    tables: Tables
    done: int
    failed: int
    words: int
    seconds: float
    changes: tuple[str, ...]
    news: News


def run(inputs: Sequence[str], folder: Path, options: Options | None = None) -> Run:
    """Extract the articles that `inputs` name into `folder`, going on where an earlier run ended.

    Raises `InputError`, `FolderError`, `ModelError` or `EngineError`, each with one line for the user, where the run
    can't begin or go on; what a single document suffers goes to `errors.csv`.
    """
    options = options or Options()
    if options.parquet:
        require()
    files = find_files(inputs, output=folder)
    table = str(Path(options.gazetteer).resolve()) if options.gazetteer else None  # A worker may be somewhere else.
    decided = decide(model=options.model, gazetteer=table)
    start = engine_of(options.engine, jobs=options.jobs, address=options.address)
    with _told(folder):
        _open_folder(folder, fresh=options.fresh)
    with _told(folder), closing(Ledger(folder)) as ledger:
        changes = ledger.begin(decided, published=options.published, timeout=options.timeout)
        if options.retry_failed:
            ledger.forget_failures()
        with (
            showing(quiet=options.quiet) as progress,
            closing(PageReader(options.timeout)) as page,
            closing(Executor(ledger, start, progress.add)) as executor,
        ):
            reader = Reader(files, published=options.published, page=page)
            _extract(ledger, reader, executor, progress=progress, decided=decided, options=options)
            progress.draw(doing="writing the tables")
            tables = assemble(ledger, folder, parquet=options.parquet)
        news = ledger.news()
        if not reader.broken_off:  # What couldn't be read to its end this time is still worth its results.
            ledger.prune()
        if _manifest(folder / MANIFEST).get("tables_sha256") != tables.state:
            _write_manifest(folder, inputs, tables, decided=decided, options=options, progress=progress)
    counts = (progress.done, progress.failed, progress.words, progress.seconds)
    return Run(folder, tables, *counts, tuple(changes), news)


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Tell a full disk, lost rights and a damaged ledger as what they are to the user."""
    try:
        yield
    except DamagedShardError as error:
        raise FolderError(
            f"{folder}: a result was damaged and has been taken away ({error}): run this again to have it anew"
        ) from error
    except (OSError, sqlite3.OperationalError) as error:
        raise FolderError(
            f"{folder} can't be written ({error}): make room or mend its rights, then run this again; nothing is lost"
        ) from error
    except sqlite3.DatabaseError as error:
        raise FolderError(f"{folder / FOLDER} is damaged ({error}): start over with --fresh") from error


def _extract(  # noqa: PLR0913
    ledger: Ledger, reader: Reader, executor: Executor, *, progress: Progress, decided: Decided, options: Options
) -> None:
    """Do what isn't done; what an earlier run may have died of comes last, and apart."""
    suspects = ledger.suspects()
    apart: list[Keyed] = []

    def fresh() -> Iterator[Keyed]:
        for keyed in ledger.note(progress.watch(reader)):
            progress.take()
            if keyed[0] in suspects:
                apart.append(keyed)
            else:
                yield keyed

    def task(articles: tuple[Keyed, ...]) -> Task:
        name = ledger.name_of([key for key, _ in articles])
        return Task(name, ledger.shards.resolve(), articles, decided, options.timeout)

    workers = options.jobs if options.engine == "local" else executor.workers
    executor.run(task(articles) for articles in shards(fresh(), workers=workers))
    if apart:
        executor.run_apart(task(tuple(apart)))


def _open_folder(folder: Path, *, fresh: bool) -> None:
    """See that `folder` can take a run; raises `FolderError` with what to do where it can't."""
    if folder.exists() and not folder.is_dir():
        raise FolderError(f"{folder} is a file: give a folder to write to")
    ours = (folder / FOLDER).is_dir() or bool(_manifest(folder / MANIFEST))
    if ours and fresh:
        check_free(folder)
        _remove(folder)
    elif ours:
        _same_version(folder)
    elif folder.is_dir() and (strange := next((name for name in _names() if (folder / name).exists()), None)):
        raise FolderError(f"{folder / strange} is not from a run of pilotfacts: give another folder, or move it away")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderError(f"{folder} can't be made ({error.strerror}): give another folder") from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FolderError(f"{folder} can't be written to: give another folder, or change its rights")


def _same_version(folder: Path) -> None:
    version = _manifest(folder / MANIFEST).get("pilotfacts", pipeline.__version__)
    if version != pipeline.__version__:
        raise FolderError(
            f"{folder} is from pilotfacts {version}, and this is {pipeline.__version__}: "
            "start over with --fresh, or give another folder"
        )


def _manifest(path: Path) -> dict[str, Any]:
    """The manifest of a run; empty where there is none, as where somebody else's run.json is."""
    try:
        manifest = json.loads(path.read_bytes()) if path.is_file() else {}
    except ValueError:
        return {}
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("pilotfacts"), str) else {}


def _names() -> list[str]:
    """Every file and folder that a run writes, for people to read."""
    tables = [f"{table.name}.{suffix}" for table in TABLES for suffix in ("csv", "parquet")]
    return [RECORDS_FILE, *tables, ERRORS_FILE, MANIFEST, TEXTS]


def _remove(folder: Path) -> None:
    """Take a run away; what it is known by goes last, so that whoever is killed here can come again."""
    for name in [*(name for name in _names() if name != MANIFEST), MANIFEST, FOLDER]:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _write_manifest(  # noqa: PLR0913
    folder: Path, inputs: Sequence[str], tables: Tables, *, decided: Decided, options: Options, progress: Progress
) -> None:
    """Write `run.json`: enough to resume and to reproduce, and how fast it went."""
    manifest = {
        "pilotfacts": decided.version,
        "decided": asdict(decided),
        "settings": {
            "published": options.published.isoformat() if options.published else None,
            "format": ["csv", "parquet"] if options.parquet else ["csv"],
            "timeout": options.timeout,
            "jobs": options.jobs,
            "engine": options.engine,
        },
        "inputs": {"arguments": list(inputs), "documents": tables.documents, "sha256": tables.digest},
        "tables_sha256": tables.state,
        "counts": {"failed": len(tables.failed), "words": tables.words, "rows": tables.rows},
        "throughput": {
            "documents": progress.done + progress.failed,
            "words": progress.words,
            "seconds": round(progress.seconds, 3),
            "words_per_second": round(progress.words / progress.seconds, 1),
        },
        "made_with": {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine()},
    }
    with replacing(folder / MANIFEST) as (stream,):
        # A name given on the command line need not be text, but a file of JSON has to be.
        stream.write((plain_text(json.dumps(manifest, indent=2, ensure_ascii=False)) + "\n").encode())
