"""What runs have written: it is no input, wherever it lies."""

from __future__ import annotations

from pathlib import Path

from pipeline.schema import RECORD_KINDS

#: A folder with this is a run's; a run that was stopped early has no manifest yet.
_LEDGER = ".ledger"
_MANIFEST = "run.json"
#: How a manifest of ours begins, whatever the spaces.
_BEGINS = b'{"pilotfacts":'
_FOLDERS = frozenset(["texts", "review", "reviewed", _LEDGER])
_TABLES = frozenset(["articles", "mentions", *RECORD_KINDS, "flags", "coverage", "errors", "records"])
_SUFFIXES = frozenset([".csv", ".parquet", ".jsonl"])


def is_run(folder: Path) -> bool:
    """Whether a run has been written to `folder`."""
    if (folder / _LEDGER).is_dir():
        return True
    manifest = folder / _MANIFEST
    if not manifest.is_file():
        return False
    with manifest.open("rb") as stream:
        return b"".join(stream.read(200).split()).startswith(_BEGINS)


def is_written(name: str) -> bool:
    """Whether `name` in the folder of a run is the run's own: ``texts``, ``claims.csv``, but not ``monday.csv``."""
    path = Path(name)
    return name in _FOLDERS or name == _MANIFEST or (path.stem in _TABLES and path.suffix in _SUFFIXES)


def is_of_a_run(path: Path, *, below: Path) -> bool:
    """Whether `path` is or lies in the folder of a run under `below`, or is what a run wrote to `below` itself."""
    inside = path.relative_to(below).parts
    deeper = [below.joinpath(*inside[:depth]) for depth in range(1, len(inside) + 1)]
    return any(map(is_run, deeper)) or (bool(inside) and is_written(inside[0]) and is_run(below))
