"""What is cheap must stay cheap: asking for help loads no model and no tables."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("spacy", "pandas", "numpy", "joblib", "dateparser", "scipy", "pyarrow")


def loaded_by(code: str) -> set[str]:
    """The heavy modules that a fresh interpreter has after running `code`."""
    probe = f"{code}\nimport sys\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=120)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("arguments", [["--help"], ["extract", "--help"], ["score", "--help"], ["schema"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "from typer.testing import CliRunner\nfrom pipeline.cli import app\n"
        f"result = CliRunner().invoke(app, {arguments!r})\nassert result.exit_code == 0, result.output"
    )
    assert loaded_by(code) == set()


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import pipeline") == set()
