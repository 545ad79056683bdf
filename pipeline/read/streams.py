"""The bytes of an input file, unpacked while they are read."""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any, cast

from pipeline.read.article import Unreadable
from pipeline.read.inputs import InputFile, filesystem, needs

#: Texts and pages are held whole while they are read: no article is larger than this.
LARGEST = 64 * 1024 * 1024


@contextmanager
def open_bytes(file: InputFile) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The unpacked stream, and the packed one below it, whose position tells how much of the file is done."""
    with ExitStack() as stack:
        raw = _open_raw(file, stack)
        if file.packing == "gzip":
            yield cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=raw))), raw
        elif file.packing == "zstd":
            yield io.BufferedReader(stack.enter_context(_zstd(file, raw))), raw
        else:
            yield raw, raw


def read_whole(stream: IO[bytes]) -> bytes:
    """All of a text or a page; raises `Unreadable` where it is larger than an article can be."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(f"this is larger than {LARGEST // 1024**2} MB: give one article a file, or .jsonl")
    return data


def _open_raw(file: InputFile, stack: ExitStack) -> IO[bytes]:
    if file.path is not None:
        return stack.enter_context(file.path.open("rb"))
    if file.address is not None:
        fs, path = filesystem(file.address)
        return cast("IO[bytes]", stack.enter_context(fs.open(path, "rb")))
    return sys.stdin.buffer


def zstd_errors() -> tuple[type[Exception], ...]:
    """What a damaged zstd file raises, where the library is there at all."""
    library = sys.modules.get("zstandard")
    return (library.ZstdError,) if library else ()


def _zstd(file: InputFile, raw: IO[bytes]) -> Any:
    try:
        import zstandard
    except ImportError:
        raise needs("zstd", file.name) from None
    return zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
