"""What the terminal shows adds up, whatever becomes of a document."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read.inputs import find_files
from pipeline.read.reader import Reader
from pipeline.run.batch import Options, run
from pipeline.run.progress import Bar, Progress
from pipeline.run.worker import Outcome


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    for number in range(4):
        (tmp_path / f"a{number}.txt").write_text(f"Ship {number} left." if number else "")
    return Reader(find_files([str(tmp_path)]))


@pytest.mark.parametrize("kind", [Progress, Bar])
def test_every_document_is_settled_in_the_end(kind: type[Progress], reader: Reader) -> None:
    """One can't be read, one is known from before, one is done and one fails."""
    progress = kind()
    items = progress.watch(reader)
    next(items)
    next(items)
    for _ in items:
        progress.take()
    assert (progress.seen, progress.unread, progress.settled) == (4, 1, 2)
    progress.add(Outcome(1, 1, 3, 0.1))
    assert (progress.settled, progress.done, progress.failed, progress.words) == (4, 1, 1, 3)


def test_the_bar_shows_what_is_done_of_what_there_is(reader: Reader) -> None:
    bar = Bar()
    for _ in bar.watch(reader):
        bar.take()
    bar.add(Outcome(2, 0, 3000, 1.0))
    (task,) = bar.drawn.tasks
    assert (task.description, task.total, task.completed) == ("extracting", 4, 2)
    assert task.fields["of"] == "4"
    assert task.fields["failures"] == "[red]1 failed"
    assert task.fields["rate"].endswith(" words/s")


def test_a_run_counts_what_it_works_on(reader: Reader, tmp_path: Path) -> None:
    del reader
    first = run([str(tmp_path / "a*.txt")], tmp_path / "run", Options(quiet=False))
    assert (first.done, first.failed, first.tables.documents) == (3, 0, 4)
