"""The bytes of an input file, unpacked while they are read."""

from __future__ import annotations

import codecs
import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, Any, cast

from pipeline.read.article import Unreadable
from pipeline.read.decode import table_encoding
from pipeline.read.inputs import InputFile, filesystem, is_web, needs

#: Texts and pages are held whole while they are read: no article is larger than this.
LARGEST = 64 * 1024 * 1024
_PIECE = 1 << 16
#: What of a table is looked at to tell its encoding.
_LOOKED_AT = 1 << 20
_PACKED_MAGIC = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd"}


@contextmanager
def open_bytes(file: InputFile) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """The unpacked stream, and the packed one below it, whose position tells how much of the file is done.

    Standard input has no name that tells whether it is packed: its first bytes do.
    """
    with ExitStack() as stack:
        raw = _open_raw(file, stack)
        packed, packing = raw, file.packing
        if file.kind == "stdin":
            head, packed = looked_at(raw, size=4)
            packing = next((name for magic, name in _PACKED_MAGIC.items() if head.startswith(magic)), None)
        if packing == "gzip" and file.kind != "warc":  # Archives are packed record by record, and read so.
            yield cast("IO[bytes]", stack.enter_context(gzip.GzipFile(fileobj=packed))), raw
        elif packing == "zstd":
            yield io.BufferedReader(stack.enter_context(_zstd(file, packed))), raw
        else:
            yield packed, raw


def looked_at(stream: IO[bytes], *, size: int) -> tuple[bytes, IO[bytes]]:
    """The first `size` bytes, and the stream with them still before it."""
    head = stream.read(size)
    return head, io.BufferedReader(_Joined(head, stream))


def read_whole(stream: IO[bytes]) -> bytes:
    """All of a text or a page; raises `Unreadable` where it is larger than an article can be."""
    data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise Unreadable(f"this is larger than {LARGEST // 1024**2} MB: give one article a file, or .jsonl")
    return data


def in_utf8(stream: IO[bytes]) -> tuple[IO[bytes], str]:
    """A table's bytes in UTF-8 without a byte order mark, and the name of the encoding that they are in.

    What the encoding is, the beginning decides: see `table_encoding`. UTF-8 is passed on as it is.
    """
    head = stream.read(_LOOKED_AT)
    name = table_encoding(head, whole=len(head) < _LOOKED_AT)
    return io.BufferedReader(_Recoding(head, stream, name)), name.removesuffix("-sig")


def _open_raw(file: InputFile, stack: ExitStack) -> IO[bytes]:
    if file.path is not None:
        return stack.enter_context(file.path.open("rb"))
    if file.address is not None:
        fs, path = filesystem(file.address)
        if not is_web(file.address) or file.kind == "parquet":  # Which begins at its end.
            return cast("IO[bytes]", stack.enter_context(fs.open(path, "rb")))
        # In one answer: not every server gives parts, and a page that changes would be read half old, half new.
        answer = cast("IO[bytes]", stack.enter_context(fs.open(path, "rb", block_size=0)))
        return io.BufferedReader(_Joined(b"", answer))
    return sys.stdin.buffer


class _Pieces(io.RawIOBase):
    """A stream of bytes that come in pieces of any size."""

    _ready = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready and self._fetch():
            pass
        data, self._ready = self._ready[: len(buffer)], self._ready[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)

    def _fetch(self) -> bool:
        """Make the next piece ready, which may be empty; False at the end."""
        raise NotImplementedError


class _Joined(_Pieces):
    """What was read of a stream already, and the rest of it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream

    def _fetch(self) -> bool:
        data, self._head = self._head or self._stream.read(_PIECE), b""
        self._ready = self._passed_on(data)
        return bool(data)

    def _passed_on(self, data: bytes) -> bytes:
        return data


class _Recoding(_Joined):
    """A stream in UTF-8 of one that is in another encoding."""

    def __init__(self, head: bytes, stream: IO[bytes], name: str) -> None:
        super().__init__(head.removeprefix(codecs.BOM_UTF8), stream)
        self._name = name
        self._decoder = None if name.startswith("utf-8") else codecs.getincrementaldecoder(name)()

    def _passed_on(self, data: bytes) -> bytes:
        return data if self._decoder is None else self._recoded(self._decoder, data)

    def _recoded(self, decoder: codecs.IncrementalDecoder, data: bytes) -> bytes:
        try:
            return decoder.decode(data, final=not data).encode()
        except UnicodeDecodeError as error:
            told = f"it begins as {self._name} and goes on otherwise ({error.reason}): save it in UTF-8"
            raise Unreadable(told) from None


class _Unpacking(_Pieces):
    """A zstd stream that tells damage, and an early end, as the gzip of the standard library does."""

    def __init__(self, packed: IO[bytes], library: Any) -> None:
        self._packed = packed
        self._library = library
        self._frame: Any = None

    def _fetch(self) -> bool:
        data = (self._frame.unused_data if self._frame and self._frame.eof else b"") or self._packed.read(_PIECE)
        if not data:
            if self._frame and not self._frame.eof:
                raise EOFError("it ends in the middle")
            return False
        if self._frame is None or self._frame.eof:
            self._frame = self._library.ZstdDecompressor().decompressobj()
        try:
            self._ready = self._frame.decompress(data)
        except self._library.ZstdError as error:
            raise EOFError(str(error)) from None
        return True


def _zstd(file: InputFile, raw: IO[bytes]) -> io.RawIOBase:
    try:
        import zstandard
    except ImportError:
        raise needs("zstd", file.name) from None
    return _Unpacking(raw, zstandard)
