"""What a decision is about: a record named by its content, so that a new extraction finds it again, or doesn't.

Ids such as `c3` change when a rule finds one more record; the text, the place in it and the value don't.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from pipeline.schema import RECORD_KINDS

Row = dict[str, Any]

#: The kinds that a reviewer decides on; mentions follow the record that they mean.
KINDS = RECORD_KINDS


class Identity(NamedTuple):
    """A record by content: the digest of its text, its kind, where it first stands, and what it says there."""

    sha256: str
    kind: str
    start: int | None
    end: int | None
    value: str

    def as_json(self) -> Row:
        """The fields by name."""
        return dict(self._asdict())


def identity(sha256: str, kind: str, record: Row) -> Identity:
    """Name a record by its content.

    >>> identity("ab", "claims", {"start": 3, "end": 5, "text": "40", "value": 40, "unit": "1"}).value
    '40 | 40 1'
    """
    if kind == "programmes":
        return Identity(sha256, kind, record["first"], None, str(record["name"]))
    if kind in ("regions", "people", "organisations"):
        code = record.get("adcode") or record.get("iso_code") or ""
        return Identity(sha256, kind, record["start"], None, f"{record['name']} {code}".rstrip())
    values = {
        "dates": lambda: f"{record['type']} {record['value']}",
        "claims": lambda: f"{record['value']} {record['unit']}",
        "statements": lambda: str(record["cue"] or ""),
    }
    return Identity(sha256, kind, record["start"], record["end"], f"{record['text']} | {values[kind]()}")


def parse_identity(row: Row) -> Identity:
    """Read what `Identity.as_json` wrote; KeyError where a field is missing."""
    return Identity(row["sha256"], row["kind"], row["start"], row["end"], row["value"])


def identities(document: Row) -> dict[Identity, Row]:
    """Every record of a document that can be decided on, by its identity.

    Of two records with the same content (the same place and value twice) the first stands for both.
    """
    sha256 = document["article"]["sha256"]
    out: dict[Identity, Row] = {}
    for kind in KINDS:
        for record in document[kind]:
            out.setdefault(identity(sha256, kind, record), record)
    return out
