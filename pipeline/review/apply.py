"""Decisions applied to a document: what was rejected goes, what was edited changes, what was added comes in.

A decision whose record is not in the document any more is stale: it is reported, never applied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.review.identity import KINDS, Identity, identities, parse_identity
from pipeline.schema import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.review.decisions import Decision

Row = dict[str, Any]

#: What each verdict makes of a record's `review_status`.
STATUS = {"accept": "accepted", "reject": "rejected", "edit": "corrected", "add": "added"}
_PREFIX = dict(zip(KINDS, "rpodcsg", strict=True))


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document with its decisions applied.

    `status` maps the id of each decided record, rejected ones included, to its status; `stale` are the decisions on
    records that are not there any more; `complete` says that every record has been decided on.
    """

    document: Row
    status: Mapping[str, str]
    stale: tuple[Decision, ...]
    complete: bool


def reviewed(document: Row, decisions: Mapping[Identity, Decision]) -> Reviewed:
    """Apply the standing decisions on this document; `document` itself is left as it is."""
    doc_id = document["article"]["doc_id"]
    mine = {record: d for record, d in decisions.items() if d.doc_id == doc_id}
    known = identities(document)
    added = _added(document, [d for r, d in mine.items() if d.verdict == "add" and r.sha256 == _sha256(document)])
    ids = {record: row["id"] for record, row in known.items()} | {record: row["id"] for record, row in added.items()}
    out = {**document, **{kind: [dict(row) for row in document[kind]] for kind in KINDS}}
    for record, row in added.items():
        out[record.kind].append(row)
    status = {ids[record]: STATUS[d.verdict or ""] for record, d in mine.items() if record in ids}
    for record, decision in mine.items():
        if decision.verdict == "edit" and record in known:
            _edit(out, record.kind, ids[record], decision.fields, ids)
    _drop(out, {id_ for id_, what in status.items() if what == "rejected"})
    stale = tuple(d for record, d in mine.items() if record not in ids and not d.fields.get("added"))
    every = {row["id"] for kind in KINDS for row in document[kind]}
    return Reviewed(document=out, status=status, stale=stale, complete=every <= set(status))


def _sha256(document: Row) -> str:
    return str(document["article"]["sha256"])


def _added(document: Row, decisions: list[Decision]) -> dict[Identity, Row]:
    """New records, with ids after the ones that are there."""
    out: dict[Identity, Row] = {}
    taken = {kind: len(document[kind]) for kind in KINDS}
    for decision in decisions:
        record = decision.record
        if record is not None:
            taken[record.kind] += 1
            out[record] = {**decision.fields, "id": f"{_PREFIX[record.kind]}{taken[record.kind]}"}
    ids = {record: row["id"] for record, row in (identities(document) | out).items()}
    for record, row in out.items():
        row.update(resolve(record.kind, row, ids))
    return out


def _edit(document: Row, kind: str, id_: str, fields: Row, ids: Mapping[Identity, str]) -> None:
    row = next(row for row in document[kind] if row["id"] == id_)
    row.update(resolve(kind, fields, ids))
    if "evidence" in row:
        row["evidence"] = {slot: where for slot, where in row["evidence"].items() if slot not in fields}


def resolve(kind: str, fields: Row, ids: Mapping[Identity, str]) -> Row:
    """Turn identities in reference fields into ids; one that is gone becomes None, or is left out of a list."""
    out = dict(fields)
    for name in REFERENCES[kind]:
        if isinstance(out.get(name), list):
            found = (ids.get(parse_identity(ref)) for ref in out[name])
            out[name] = [id_ for id_ in found if id_ is not None]
        elif isinstance(out.get(name), dict):
            out[name] = ids.get(parse_identity(out[name]))
    return out


def unresolve(kind: str, fields: Row, document: Row) -> Row:
    """Turn ids in reference fields into identities, as the log keeps them: the inverse of `resolve`."""
    names = {row["id"]: record.as_json() for record, row in identities(document).items()}
    out = dict(fields)
    for name in REFERENCES[kind]:
        if isinstance(out.get(name), list):
            out[name] = [names[ref] for ref in out[name] if ref in names]
        elif isinstance(out.get(name), str):
            out[name] = names.get(out[name])
    return out


def _drop(document: Row, gone: set[str]) -> None:
    """Leave out rejected records, their mentions and flags, and every reference to them."""
    for kind in KINDS:
        document[kind] = [_without(kind, row, gone) for row in document[kind] if row["id"] not in gone]
    document["mentions"] = [m for m in document["mentions"] if m["ref"] not in gone or m["form"] != "name"]
    document["mentions"] = [{**m, "ref": None} if m["ref"] in gone else m for m in document["mentions"]]
    document["flags"] = [flag for flag in document["flags"] if flag["record"] not in gone]
    document["coverage"] = [{**n, "record": None} if n["record"] in gone else n for n in document["coverage"]]


def _without(kind: str, row: Row, gone: set[str]) -> Row:
    out = dict(row)
    for name in REFERENCES[kind]:
        value = out[name]
        if isinstance(value, list):
            out[name] = [ref for ref in value if ref not in gone]
        elif value in gone:
            out[name] = None
            if name == "related":
                out["relation"] = None
    return out
