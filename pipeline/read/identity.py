"""Names of documents: safe for a file name, unique in a run, the same in every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

#: Long enough to read, short enough for any file system with a suffix and an extension (bytes, not characters).
LONGEST = 120

_UNSAFE = re.compile(r"[^\w.\-]+")
#: Names that Windows keeps for devices, with or without an extension.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


class Named(NamedTuple):
    """What decides the name of a document: the name it asks for, its content's digest, and where it stands."""

    wanted: str
    digest: str
    source: str


def safe_id(name: str) -> str:
    """`name` as a file name that is the same everywhere: ``"../a b/ü=.txt"`` → ``"a-b-ü-.txt"``.

    Letters of any script, digits, `_`, `.` and `-` stay, in NFC; anything else becomes a hyphen. No name starts
    with a dot or with a sign that starts a formula in a spreadsheet. What is too long keeps its beginning and gets
    a digest of the whole.
    """
    plain = unicodedata.normalize("NFC", name)
    safe = _UNSAFE.sub("-", plain).strip(".-") or "document"
    if _DEVICE.match(safe):
        safe = f"_{safe}"
    if len(safe.encode()) > LONGEST:
        head = safe.encode()[: LONGEST - 13].decode("utf-8", "ignore")
        safe = f"{head}-{_digest(plain)[:12]}"
    return safe


def unique_ids(documents: Iterable[Named]) -> dict[Named, list[str]]:
    """A different id for every document, whatever their order; as many ids a key as there are equal documents.

    Who alone asks for a name gets it. Where several do (also where they differ only in case, which some file systems
    don't tell apart), each gets its digest at the end, and copies of one content are counted in the order of their
    sources.
    """
    groups: dict[str, list[Named]] = defaultdict(list)
    for document in documents:
        groups[document.wanted.casefold()].append(document)
    taken = dict.fromkeys(groups, 1)
    ids: dict[Named, list[str]] = defaultdict(list)
    for _, group in sorted(groups.items()):
        if len(group) == 1:
            ids[group[0]].append(group[0].wanted)
            continue
        for document in sorted(group, key=lambda one: (one.digest, one.wanted, one.source)):
            ids[document].append(_free(f"{document.wanted}-{document.digest[:8]}", taken))
    return ids


def _free(name: str, taken: dict[str, int]) -> str:
    """`name`, or with the first number from 2 on that makes it new; `taken` has the last number tried of each name."""
    free = name
    while free.casefold() in taken:
        count = taken[name.casefold()] = taken.setdefault(name.casefold(), 1) + 1
        free = f"{name}-{count}"
    taken[free.casefold()] = 1
    return free


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
