"""`pilotfacts score`: a run against gold, and the gate that CI calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.telling import fail

if TYPE_CHECKING:
    from pipeline.score.scorer import Scores


def score(  # noqa: PLR0913, PLR0917 - each is an option of the command
    run: Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")],
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="A gold file, or a folder of them.")],
    errors: Annotated[bool, typer.Option("--errors", help="List every missed, spurious and wrong record.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print counts and rates as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Show the errors in the text, on one page.")] = None,
    floors: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="KIND=F1", help="Fail when whole records are below; repeatable."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail when a figure is below this file's.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write this score's figures as floors.")
    ] = None,
    allow_lower: Annotated[bool, typer.Option("--allow-lower", help="Let --write-baseline lower a floor.")] = False,
) -> None:
    """Score a run against gold; exit 1 when a floor or the baseline is not met."""
    from pipeline.score.gate import below_baseline, below_floors, parse_floor
    from pipeline.score.gate import write_baseline as write
    from pipeline.score.gold import ScoreError
    from pipeline.score.scorer import score as compare

    try:
        wanted = [parse_floor(text) for text in floors or []]
        scores = compare(run, gold)
        below = list(below_floors(scores, wanted))
        below += below_baseline(scores, baseline) if baseline else []
        if write_baseline:
            write(scores, write_baseline, allow_lower=allow_lower)
        if html:
            from pipeline.score.errors_page import write_errors

            write_errors(scores, run, html)
    except (ScoreError, OSError) as error:
        fail(error)
    _print(scores, errors=errors, as_json=as_json)
    for line in below:
        typer.secho(line, err=True, fg=typer.colors.RED)
    raise typer.Exit(1 if below else 0)


def _print(scores: Scores, *, errors: bool, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(scores.as_json(errors=errors), ensure_ascii=False, indent=1))
        return
    from rich.console import Console

    from pipeline.score.report import error_lines, kinds_table, mentions_table, sure_line

    console = Console()
    console.print(kinds_table(scores), mentions_table(scores))
    typer.echo(sure_line(scores))
    if scores.absent:
        typer.echo(f"not in the run, all of it missed: {', '.join(scores.absent)}")
    if errors:
        for line in error_lines(scores.total.findings):
            typer.echo(line)
