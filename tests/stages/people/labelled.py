"""Reads the labelled sentences of `sentences.txt`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

MARK = re.compile(r"\{([^{}|]+)(?:\|([^{}|]*))?(?:\|([^{}|]*))?\}")
KNOWN = re.compile(r"!([^!]+)!\s*")


@dataclass(frozen=True)
class Labelled:
    """A name at `start` with its family name ("~" for a family name alone) and its titles with employers."""

    start: int
    name: str
    family: str
    roles: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True)
class Sentence:
    text: str
    people: tuple[Labelled, ...]
    known_failure: str | None


def read_sentences(path: Path) -> list[Sentence]:
    lines = (line.strip() for line in path.read_text("utf-8").splitlines())
    return [read_sentence(line) for line in lines if line and not line.startswith("#")]


def read_sentence(line: str) -> Sentence:
    known = KNOWN.match(line)
    body = line[known.end() :] if known else line
    text, people, last = "", [], 0
    for mark in MARK.finditer(body):
        text += body[last : mark.start()]
        name, family, roles = mark.groups()
        people.append(Labelled(len(text), name, family or "", tuple(_roles(roles or ""))))
        text += name
        last = mark.end()
    return Sentence(text + body[last:], tuple(people), known[1] if known else None)


def _roles(text: str) -> list[tuple[str, str | None]]:
    parts = [part.partition("@") for part in text.split(";") if part.strip()]
    return [(role.strip(), employer.strip() or None) for role, _, employer in parts]
