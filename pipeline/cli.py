"""The commands: parse the arguments, call one function, set the exit code.

Exit codes: 0, 1 when a gate fails, 2 for bad usage or a run that can't go on, 3 when some documents failed.
"""

from __future__ import annotations

import sys
from collections import Counter
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands import knowing, scoring, viewing
from pipeline.commands.telling import fail
from pipeline.model import MODEL

if TYPE_CHECKING:
    from pipeline.run.batch import Run

app = typer.Typer(
    name="pilotfacts",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Normalised, source-grounded records from English news about China.",
)

#: Failed documents that are told on the terminal; `errors.csv` has all.
_TOLD = 10


class Engine(StrEnum):
    """Where articles are worked on."""

    local = "local"
    dask = "dask"


class Format(StrEnum):
    """What tables are written as; CSV always is."""

    csv = "csv"
    parquet = "parquet"


def _folder(name: str) -> Path:
    return Path(name) if name else fail("-o names no folder: give the one to write to, or . for this one")


@app.command()
def extract(  # noqa: PLR0913, PLR0917
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Files, folders, globs or addresses; - for standard input."),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="RUN", parser=_folder, help="The folder to write to.")
    ],
    jobs: Annotated[int, typer.Option(min=1, help="Worker processes on this machine.")] = 1,
    engine: Annotated[Engine, typer.Option(help="Where articles are worked on.")] = Engine.local,
    address: Annotated[str | None, typer.Option(help="The scheduler's address, for --engine dask.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="parquet writes Parquet beside CSV.")] = Format.csv,
    model: Annotated[str, typer.Option(help="An installed spaCy pipeline, or the path of one.")] = MODEL,
    gazetteer: Annotated[
        str | None, typer.Option(metavar="FILE.csv", help="Your own table of places, laid over ours.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day of texts that don't have one: YYYY-MM-DD.")
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, max=86_400, help="Seconds that one article may take.")] = 120.0,
    resume: Annotated[
        bool, typer.Option("--resume/--fresh", help="Go on where an earlier run ended, or start over.")
    ] = True,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
) -> None:
    """Extract the records of articles into a run folder."""
    from pipeline.gazetteer.user_table import UserTableError, gazetteer_with
    from pipeline.model import ModelError
    from pipeline.read.article import Unreadable
    from pipeline.read.inputs import InputError
    from pipeline.run.batch import Options, run
    from pipeline.run.engine import EngineError
    from pipeline.run.ledger import FolderError
    from pipeline.run.worker import WorkerError

    options = Options(
        jobs=jobs,
        engine=engine.value,
        address=address,
        parquet=format_ is Format.parquet,
        model=model,
        gazetteer=gazetteer,
        published=_day(published),
        timeout=timeout,
        fresh=not resume,
        retry_failed=retry_failed,
        quiet=not sys.stderr.isatty(),
    )
    try:
        gazetteer_with(gazetteer)
        result = run(inputs, output, options)
        _write_reviewed(output)
    except (InputError, FolderError, ModelError, EngineError, WorkerError, Unreadable, UserTableError) as error:
        fail(error)
    except KeyboardInterrupt:
        typer.secho("pilotfacts: stopped; run the same command again to go on", err=True, fg=typer.colors.YELLOW)
        raise typer.Exit(130) from None
    _show(result)
    raise typer.Exit(3 if result.tables.failed else 0)


def _write_reviewed(run: Path) -> None:
    """Bring `reviewed/` up to date; what is wrong there is told as that, and of nothing else."""
    from pipeline.review.decisions import DecisionError
    from pipeline.review.tables import write_reviewed

    try:
        write_reviewed(run)
    except (DecisionError, OSError) as error:
        fail(f"{run / 'reviewed'} can't be written ({error}): mend it and run this again; the run itself is whole")


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        fail(f"--published {text} is not a day: write it as 2024-01-11")


def _show(result: Run) -> None:
    """Tell what was done, what failed, and what the run folder holds."""
    for change in result.changes:
        typer.echo(f"changed since the last run: {change}; what it touches was done again", err=True)
    tables = result.tables
    for error in tables.failed[:_TOLD]:
        typer.secho(f"failed: {error.source} ({error.stage}): {error.error}", err=True, fg=typer.colors.RED)
    if len(tables.failed) > _TOLD:
        typer.echo(f"… {len(tables.failed):,} in all: see {result.folder / 'errors.csv'}", err=True)
    stages = Counter(error.stage for error in tables.failed).most_common()
    where = ", ".join(f"{stage} {count:,}" for stage, count in stages)
    width = max(map(len, tables.rows)) + 2
    typer.echo(f"{result.folder}/")
    for name, rows in tables.rows.items():
        told = f" (stage: {where})" if where and name == "errors.csv" else ""
        typer.echo(f"  {name:<{width}}{rows:>9,} {'row' if rows == 1 else 'rows'}{told}")
    typer.echo(f"  {'texts/':<{width}}{tables.documents - len(tables.failed):>9,} files")
    typer.echo(_summary(result))


def _summary(result: Run) -> str:
    """One line, as in "8 documents, 1 failed: 7 done now, 2 of them copies (3,210 words in 2.9 s, 1,107 words/s)."."""
    tables, news = result.tables, result.news
    text = f"{_counted(tables.documents, 'document')}, {len(tables.failed):,} failed: "
    if not news.documents:
        return text + ("nothing could be done." if news.failed else "nothing new to do.")
    copies = f", {news.documents - news.texts:,} of them copies" if news.documents > news.texts else ""
    rate = f"{result.words:,} words in {result.seconds:.1f} s, {result.words / result.seconds:,.0f} words/s"
    return text + f"{news.documents:,} done now{copies} ({rate})."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


for command in (
    scoring.score,
    viewing.review,
    viewing.report,
    viewing.export,
    viewing.gold,
    knowing.schema,
    knowing.lookup,
):
    app.command()(command)


if __name__ == "__main__":
    app()
