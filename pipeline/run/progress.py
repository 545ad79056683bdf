"""What the terminal shows while a run goes on; nothing where there is no terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.read.article import ReadError

if TYPE_CHECKING:
    from pipeline.read.reader import Item, Reader
    from pipeline.run.worker import Outcome

#: Documents between two looks at how far the reading has come: it is much quicker than anybody's eye.
_DRAWN_EVERY = 20


class Progress:
    """Counts what is read and what is done, and draws it where somebody looks.

    `done` and `failed` count the texts that were worked on; `unread` the documents that couldn't be read.
    """

    def __init__(self) -> None:
        self.done = self.failed = self.words = 0
        self.seen = self.unread = self.taken = 0
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.perf_counter() - self._start

    @property
    def settled(self) -> int:
        """The documents seen of which nothing is left to do: done, failed, known from before, copies."""
        return self.seen - self.taken + self.done + self.failed

    def watch(self, reader: Reader) -> Iterator[Item]:
        """The items of `reader`, counted as they come."""
        for item in reader:
            self.seen += 1
            self.unread += isinstance(item, ReadError)
            if self.seen % _DRAWN_EVERY == 0:
                self.draw(reader.share)
            yield item
        self.draw(1.0)

    def take(self) -> None:
        """Tell that the document seen last is going to be worked on."""
        self.taken += 1

    def add(self, outcome: Outcome) -> None:
        """Tell what came of a task."""
        self.done += outcome.done
        self.failed += outcome.failed
        self.words += outcome.words
        self.draw()

    def draw(self, share: float | None = None, *, doing: str = "extracting") -> None:
        """Show it; `share` is how much of the input has been read, where that is news."""


class Bar(Progress):
    """Draws a bar on the terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Drawn

        super().__init__()
        self.drawn = Drawn(
            TextColumn("[bold]{task.description}"),
            BarColumn(),
            TextColumn("{task.completed:,.0f} of {task.fields[of]} documents"),
            TextColumn("{task.fields[rate]}"),
            TextColumn("{task.fields[failures]}"),
            TimeRemainingColumn(elapsed_when_finished=True),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self.drawn.add_task("loading the model", total=None, of="?", rate="", failures="")

    def draw(self, share: float | None = None, *, doing: str = "extracting") -> None:
        """Move the bar; how many documents there are is reckoned from how much has been read."""
        if share:
            about = round(self.seen / share)
            self.drawn.update(self._task, total=about, of=f"{'' if share == 1 else '~'}{about:,}")
        failures = self.failed + self.unread
        self.drawn.update(
            self._task,
            description=doing if self.words or self.settled else "loading the model",
            completed=self.settled,
            rate=f"{self.words / self.seconds:,.0f} words/s" if self.words else "",
            failures=f"[red]{failures:,} failed" if failures else "",
        )


@contextmanager
def showing(*, quiet: bool) -> Iterator[Progress]:
    """A progress that is drawn while the block runs, unless `quiet`."""
    if quiet:
        yield Progress()
        return
    bar = Bar()
    with bar.drawn:
        yield bar
