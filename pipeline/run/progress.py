"""What the terminal shows while a run goes on; nothing where there is no terminal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.run.worker import Outcome


class Progress:
    """Counts what is done, and draws it where somebody looks."""

    def __init__(self) -> None:
        self.done = self.failed = self.words = 0
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.perf_counter() - self._start

    def total(self, seen: int, share: float | None) -> None:
        """Tell how many articles have been seen in which share of the input."""

    def add(self, outcome: Outcome) -> None:
        """Tell what came of a task."""
        self.done += outcome.done
        self.failed += outcome.failed
        self.words += outcome.words


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

    def total(self, seen: int, share: float | None) -> None:
        """Reckon how many there are from how much has been read."""
        if share:
            about = round(seen / share)
            self.drawn.update(self._task, total=about, of=f"{'' if share == 1 else '~'}{about:,}")

    def add(self, outcome: Outcome) -> None:
        """Move the bar."""
        super().add(outcome)
        self.drawn.update(
            self._task,
            description="extracting",
            advance=outcome.done + outcome.failed,
            rate=f"{self.words / self.seconds:,.0f} words/s",
            failures=f"[red]{self.failed:,} failed" if self.failed else "",
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
