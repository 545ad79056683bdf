"""`pilotfacts review`, `report`, `export` and `gold`: what people do with a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.telling import fail

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="A run folder.")]


def review(
    run: RunFolder,
    port: Annotated[int | None, typer.Option(help="The port to listen on; a free one otherwise.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the page.")] = False,
    imported: Annotated[
        Path | None, typer.Option("--import", metavar="FILE.csv", help="Take over decisions from an edited table.")
    ] = None,
    who: Annotated[str | None, typer.Option(help="The reviewer's name; the user's otherwise.")] = None,
) -> None:
    """Look at a run on a local page and correct it."""
    from pipeline.review.decisions import DecisionError
    from pipeline.review.index import RunError

    try:
        if imported:
            _import(run, imported, who)
        else:
            _serve(run, port, who, browser=not no_browser)
    except ImportError as error:
        fail(f"the review page needs {error.name}: pip install 'pilotfacts[review]'")
    except (DecisionError, RunError, OSError) as error:
        fail(error)


def _import(run: Path, table: Path, who: str | None) -> None:
    import getpass

    from pipeline.review.desk import Desk
    from pipeline.review.spreadsheet import import_table
    from pipeline.review.tables import write_reviewed

    result = import_table(Desk(run), table, who=who or getpass.getuser())
    write_reviewed(run)
    for line in result.unfit:
        typer.secho(f"did not fit: {line}", err=True, fg=typer.colors.YELLOW)
    typer.echo(f"{result.taken} decisions taken over, {len(result.unfit)} rows did not fit")
    raise typer.Exit(3 if result.unfit else 0)


def _serve(run: Path, port: int | None, who: str | None, *, browser: bool) -> None:
    import webbrowser

    import uvicorn

    from pipeline.review.server import listen, make_app, new_token
    from pipeline.review.tables import write_reviewed

    token = new_token()
    with listen(port) as listener:
        chosen = listener.getsockname()[1]
        app = make_app(run, token=token, port=chosen, who=who)
        write_reviewed(run)
        address = f"http://127.0.0.1:{chosen}/?token={token}"
        typer.echo(f"Review {run} at {address} (end with Ctrl+C)")
        if browser:
            webbrowser.open(address)
        uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False)).run(sockets=[listener])
    write_reviewed(run)


def gold(
    run: RunFolder,
    documents: Annotated[list[str], typer.Argument(metavar="DOC...", help="The doc_ids of reviewed articles.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where gold files go.")],
) -> None:
    """Write fully reviewed articles as gold files."""
    from pipeline.review.decisions import DecisionError
    from pipeline.review.gold import write_gold
    from pipeline.review.index import RunError

    try:
        for path in write_gold(run, documents, output):
            typer.echo(path)
    except (DecisionError, RunError, OSError) as error:
        fail(error)


def report(
    run: RunFolder,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE.html", help="The page to write.")],
) -> None:
    """Write one self-contained page about a run: articles with highlights, charts, searchable tables."""
    from pipeline import __version__
    from pipeline.export.reading import ExportError

    try:
        from pipeline.report.page import write_report

        shown = write_report(run, output, version=__version__)
    except ImportError as error:
        fail(f"the report needs {error.name}: pip install 'pilotfacts[report]'")
    except (ExportError, OSError) as error:
        fail(error)
    typer.echo(f"{output}: {shown} {'article' if shown == 1 else 'articles'}")


def export(
    run: RunFolder,
    to: Annotated[str, typer.Option(help="label-studio, doccano, spacy, conll, jsonl-ld or geojson.")],
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write.")] = None,
) -> None:
    """Write a run in the format of an annotation tool, of training code or of a map."""
    from pipeline import __version__
    from pipeline.export.formats import FORMATS
    from pipeline.export.formats import export as write
    from pipeline.export.reading import ExportError

    try:
        path = write(run, to, output or Path(FORMATS.get(to, to)), version=__version__)
    except (ExportError, OSError) as error:
        fail(error)
    typer.echo(path)
