"""Files that are written whole or not at all: under another name first, then renamed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

_PARTIAL = ".partial"


@contextmanager
def replacing(*paths: Path) -> Iterator[list[IO[bytes]]]:
    """Streams that take the place of `paths`, all at the end of the block; after an error none of them does."""
    partial = [path.with_name(f".{path.name}{_PARTIAL}") for path in paths]
    try:
        with ExitStack() as stack:
            streams: list[IO[bytes]] = [stack.enter_context(path.open("wb")) for path in partial]
            yield streams
            for stream in streams:
                stream.flush()
                os.fsync(stream.fileno())
        for source, target in zip(partial, paths, strict=True):
            source.replace(target)
    finally:
        for path in partial:
            path.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` in UTF-8 with the line ends that it has, unless the file holds it already."""
    data = text.encode()
    if not path.is_file() or path.read_bytes() != data:
        partial = path.with_name(f".{path.name}{_PARTIAL}")
        partial.write_bytes(data)
        partial.replace(path)


def sweep(folder: Path, *, older: float = 0.0) -> None:
    """Take away what a run that was killed left half-written, where nobody has touched it for `older` seconds."""
    latest = time.time() - older
    for path in folder.glob(f".*{_PARTIAL}"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime <= latest:
                path.unlink()
