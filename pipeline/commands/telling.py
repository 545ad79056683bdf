"""How a command ends when it cannot go on."""

from __future__ import annotations

from typing import NoReturn

import typer


def fail(message: object) -> NoReturn:
    """End with exit code 2 and one line that says what is wrong and what to do."""
    typer.secho(f"pilotfacts: {message}", err=True, fg=typer.colors.RED)
    raise typer.Exit(2)
