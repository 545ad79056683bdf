"""INPUT arguments to the files that hold articles: files, folders, globs, addresses, standard input.

The order of the arguments and of the file system decides nothing: files come in the order of their names.
"""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path, PurePosixPath
from typing import Any, Literal, cast

from pipeline.read.article import Unreadable, named
from pipeline.read.runs import is_of_a_run, is_run, is_written

Kind = Literal["text", "html", "json", "jsonl", "csv", "parquet", "warc", "stdin"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
}
#: How much of a path that is none is shown.
_SHOWN = 100
#: Seconds without a word from a server, after which nothing more is waited for.
_SILENCE = 60.0
#: What reads addresses that begin so; the others come with the extra "cloud".
_EXTRAS = {"s3": "s3", "s3a": "s3", "gs": "gcs", "gcs": "gcs"}
PACKED = {".gz": "gzip", ".zst": "zstd"}


class InputError(Exception):
    """An INPUT argument is of no use: bad usage, told in one line."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that holds articles: where it is, what to call it, how to read it.

    `path` is None for standard input and `address` is None for a local file; `name` is the path below the folder
    that holds all inputs, with forward slashes.
    """

    name: str
    kind: Kind
    packing: str | None = None
    path: Path | None = None
    address: str | None = None
    size: int = 0

    @property
    def stem(self) -> str:
        """The name that its documents ask for: ``a/news.jsonl.gz`` → ``news``."""
        return _unpacked(PurePosixPath(self.name)).stem if self.name != "-" else "stdin"


def find_files(inputs: Sequence[str], *, output: Path | None = None) -> list[InputFile]:
    """Every file that `inputs` name, once, in the order of their names; raises `InputError` for what isn't there.

    What runs have written is left out; so is the folder `output` where it lies below an input, before a run is in it.
    """
    local: dict[Path, Kind] = {}
    other: dict[str, InputFile] = {}
    for one in inputs:
        if one == "-":
            other[one] = InputFile(one, "stdin")
        elif "://" in one:
            other.update((file.name, file) for file in _remote(one))
        elif _is_pipe(one):
            other[one] = _pipe(Path(one))
        else:
            local.update(_local(one, output and output.resolve()))
    root = _root(local, inputs)
    files = [
        InputFile(
            _shown(path.relative_to(root)), kind, PACKED.get(path.suffix.lower()), path, None, path.stat().st_size
        )
        for path, kind in local.items()
    ]
    return sorted([*files, *other.values()], key=lambda file: (file.name, str(file.path)))


def _root(files: Iterable[Path], inputs: Sequence[str]) -> Path:
    """The deepest folder that holds all files; a folder that was given as such is no deeper than what was given."""
    folders = [Path(one).resolve() for one in inputs if "://" not in one and one != "-" and Path(one).is_dir()]
    parents = [*(path.parent for path in files), *folders]
    return Path(os.path.commonpath(parents)) if parents else Path()


def _shown(path: Path) -> str:
    """A path as text that any file can hold: what is no character, or no visible one, is replaced."""
    return "".join(char if char.isprintable() else "\ufffd" for char in path.as_posix())


def _is_pipe(one: str) -> bool:
    """Whether this is no file and no folder, as a shell's ``<(zcat a.txt.gz)`` is; raises `InputError` for no path."""
    try:
        return stat.S_ISFIFO(os.stat(one).st_mode) or stat.S_ISCHR(os.stat(one).st_mode)  # noqa: PTH116
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        shown = one if len(one) <= _SHOWN else f"{one[:_SHOWN]}…"
        raise InputError(f"{shown} can't be looked at ({error.strerror}): check the path") from None


def _pipe(path: Path) -> InputFile:
    """What comes through a pipe is read as standard input is, unless its name says what it is."""
    return InputFile(_shown(Path(path.name)), kind_of(path) or "stdin", PACKED.get(path.suffix.lower()), path)


def _local(one: str, output: Path | None) -> Iterator[tuple[Path, Kind]]:
    path = Path(one)
    if path.is_dir():
        found = list(_walk(path.resolve(), output))
        if not found and is_run(path):
            raise InputError(f"{one} is the folder of a run: give the folder that its articles are in")
        if not found:
            raise InputError(f"{one} has no articles: put {_suffixes()} files there, or name the files themselves")
    elif path.exists():
        found = [(path.resolve(), kind_of(path) or "text")]
    elif glob.has_magic(one):
        found = list(_matches(one, output))
        if not found:
            raise InputError(f"{one} matches no articles: check the pattern (** goes into folders)")
    else:
        raise InputError(f"{one} does not exist: check the path")
    yield from found


def _matches(pattern: str, output: Path | None) -> Iterator[tuple[Path, Kind]]:
    fixed = Path(*takewhile(lambda part: not glob.has_magic(part), Path(pattern).parts))
    for match in map(Path, glob.glob(pattern, recursive=True)):  # noqa: PTH207
        path = match.resolve()
        if is_of_a_run(match, below=fixed) or (output and output != fixed.resolve() and path.is_relative_to(output)):
            continue
        if path.is_dir():
            yield from _walk(path, output)
        elif kind := kind_of(path):
            yield path, kind


def _walk(folder: Path, output: Path | None) -> Iterator[tuple[Path, Kind]]:
    """Files below `folder` that hold articles; hidden ones, and what runs have written, are left out.

    A folder below that a run is in, or will be, has no articles; `folder` itself may, beside the files of the run.
    """
    for where, folders, names in os.walk(folder):
        here = Path(where)
        ours = is_run(here)
        if here != folder and (ours or here == output):
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not _is_passed_over(name, ours=ours))
        for name in names:
            kind = kind_of(Path(name))
            if kind and not _is_passed_over(name, ours=ours) and (here / name).is_file():
                yield here / name, kind


def _is_passed_over(name: str, *, ours: bool) -> bool:
    return name.startswith(".") or (ours and is_written(name))


def kind_of(path: PurePosixPath | Path) -> Kind | None:
    """How to read a file, from its name: ``news.jsonl.gz`` → ``"jsonl"``; None for what holds no articles."""
    return KINDS.get(_unpacked(PurePosixPath(path.name)).suffix.lower())


def _unpacked(path: PurePosixPath) -> PurePosixPath:
    return path.with_suffix("") if path.suffix.lower() in PACKED else path


def _remote(address: str) -> Iterator[InputFile]:
    """The files at an address: one file, a glob, or everything below a folder."""
    web = is_web(address)
    with _told(address):
        fs, root = filesystem(address)
        paths = [root] if web else _paths(fs, root)
        if web:
            fs.info(root)
    if not paths:
        raise InputError(f"{address} has no articles: check the address")
    for path in sorted(paths):
        pure = PurePosixPath(path.partition("?")[0])
        yield InputFile(
            name=fs.unstrip_protocol(path),
            kind=kind_of(pure) or ("html" if web else "text"),
            packing=PACKED.get(pure.suffix.lower()),
            address=fs.unstrip_protocol(path),
        )


def is_web(address: str) -> bool:
    """Whether a web server is asked."""
    return address.startswith(("http://", "https://"))


def _paths(fs: Any, root: str) -> list[str]:
    if glob.has_magic(root):
        return list(fs.glob(root))
    if not fs.exists(root):
        raise FileNotFoundError(root)
    if not fs.isdir(root):
        return [root]
    return [path for path in fs.find(root) if kind_of(PurePosixPath(path))]


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Tell in one line, as an `InputError`, what a server or its library has against an address."""
    try:
        yield
    except InputError:
        raise
    except FileNotFoundError as error:
        raise InputError(_not_found(address, error.__cause__)) from error
    except Exception as error:  # What a server's library raises is its own affair.
        raise InputError(f"{address} can't be reached ({named(error)}): check it, and your rights to it") from error


def _not_found(address: str, cause: BaseException | None) -> str:
    """Libraries say that there is nothing whatever a web server answers; the answer itself is the cause of that."""
    status = getattr(cause, "status", None)
    if cause is None or status == 404:
        return f"{address} can't be found: check the address"
    answer = f"the server answered {status} {getattr(cause, 'message', '')}".strip() if status else named(cause)
    return f"{address} can't be fetched ({answer}): check the address, or download it and give the file"


def filesystem(address: str) -> tuple[Any, str]:
    """The fsspec file system of `address` and the path in it; raises `InputError` where there is no such thing."""
    try:
        import fsspec

        return cast("tuple[Any, str]", fsspec.core.url_to_fs(address, **_options(address)))
    except ImportError:
        extra = _EXTRAS.get(address.partition("://")[0], "cloud")
        raise InputError(str(needs(extra, address))) from None
    except ValueError as error:
        raise InputError(f"{address}: {error}") from None


def _options(address: str) -> dict[str, Any]:
    """A web server may take any time for a large file, as reading it waits for the work on it; silence ends it."""
    if not is_web(address):
        return {}
    from aiohttp import ClientTimeout

    return {"client_kwargs": {"timeout": ClientTimeout(total=None, sock_connect=_SILENCE, sock_read=_SILENCE)}}


def needs(extra: str, what: str) -> Unreadable:
    """Say that reading `what` wants an optional part: ``needs("html", "a.html")``."""
    return Unreadable(f"reading {what} needs an extra: pip install 'pilotfacts[{extra}]'")


def _suffixes() -> str:
    return ", ".join(sorted(KINDS))


def total_size(files: Iterable[InputFile]) -> int:
    """How many bytes the local files have, as packed as they are."""
    return sum(file.size for file in files)
