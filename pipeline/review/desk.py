"""What the page can ask for and do: the queue, a document with its decisions, and deciding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.review.apply import resolve, reviewed, unresolve
from pipeline.review.decisions import Decision, DecisionError, Log, latest
from pipeline.review.identity import KINDS, Identity, identities, identity, parse_identity
from pipeline.review.index import Filter, Index
from pipeline.schema import Claim, DateRecord, Organisation, Person, Programme, Record, Region, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Row = dict[str, Any]

MODELS: dict[str, type[Record]] = {
    "regions": Region,
    "people": Person,
    "organisations": Organisation,
    "dates": DateRecord,
    "claims": Claim,
    "statements": Statement,
    "programmes": Programme,
}
#: Fields that follow from others, or from how a record was found: not for a reviewer to set.
FIXED = frozenset({"id", "mentions", "evidence", "rule", "confidence", "candidates", "members"})


class Desk:
    """One run under review."""

    def __init__(self, run: Path) -> None:
        self.index = Index(run)
        self.log = Log(run)
        self.index.mark(self.latest())

    def renew(self) -> None:
        """Take notice of a new extraction into the same folder."""
        if self.index.renew():
            self.index.mark(self.latest())

    def latest(self) -> dict[Identity, Decision]:
        """The last standing decision on each record."""
        return latest(self.log.decisions)

    def document(self, doc_id: str) -> Row | None:
        """A document with its text, its records as decided, and what is decided and stale; None where there is none."""
        self.renew()
        document = self.index.document(doc_id)
        if document is None:
            return None
        result = reviewed(document, self.latest())
        names = {row["id"]: record.as_json() for record, row in identities(document).items()}
        rejected = [row for kind in KINDS for row in document[kind] if result.status.get(row["id"]) == "rejected"]
        return {
            "text": self.index.text(doc_id),
            "records": result.document,
            "found": document,
            "status": dict(result.status),
            "rejected": [row["id"] for row in rejected],
            "identities": names | _added_names(result.document, names, document),
            "stale": [d.as_json() | {"number": d.number} for d in result.stale],
            "complete": result.complete,
        }

    def queue(self, wanted: Filter, *, page: int) -> Row:
        """One page of the queue, with the counts of the whole."""
        self.renew()
        return self.index.queue(wanted, page=page) | {"counts": self.index.counts()}

    def decide(self, who: str, doc_id: str, record: Row, verdict: str, fields: Row) -> Decision:
        """Write down one verdict; `DecisionError` where it does not fit the document."""
        document = self._document(doc_id)
        if verdict == "add":
            return self._add(who, document, record["kind"], fields)
        about = parse_identity(record)
        if about not in identities(document) and about not in self.latest():
            raise DecisionError("that record is not in the run: load the article again")
        before = self.latest().get(about)
        clean = self._fields(document, about.kind, fields) if verdict == "edit" else {}
        if before is not None and before.verdict == "add" and verdict == "edit":
            verdict, clean = "add", before.fields | clean
        elif before is not None and before.verdict == "add" and verdict == "reject":
            clean = {"added": True}
        decision = self.log.decide(who=who, doc_id=doc_id, record=about, verdict=verdict, fields=clean)
        self.index.mark(self.latest(), [about])
        return decision

    def accept_all(self, who: str, wanted: Filter) -> int:
        """Accept every open record that the filter lets through; returns their number."""
        done = self.latest()
        rows = [(doc_id, record) for doc_id, record in self.index.every(wanted) if record not in done]
        for doc_id, record in rows:
            self.log.decide(who=who, doc_id=doc_id, record=record, verdict="accept")
        self.index.mark(self.latest(), [record for _, record in rows])
        return len(rows)

    def step(self, who: str, *, back: bool) -> Decision | None:
        """Undo or redo this reviewer's last decision."""
        decision = self.log.undo(who=who) if back else self.log.redo(who=who)
        if decision is not None:
            self.index.mark(self.latest())
        return decision

    def place(self, decision: Decision) -> Row:
        """Say which record an undo or redo was about: its document, its id where it has one now, its value."""
        while decision.undoes:
            decision = self.log.decisions[decision.undoes - 1]
        document = self.index.document(decision.doc_id)
        found = identities(document).get(decision.record) if document and decision.record else None
        value = decision.record.value if decision.record else ""
        return {"doc_id": decision.doc_id, "id": found["id"] if found else None, "value": value}

    def _document(self, doc_id: str) -> Row:
        self.renew()
        document = self.index.document(doc_id)
        if document is None:
            raise DecisionError(f"{doc_id}: no such article in this run")
        return document

    def _add(self, who: str, document: Row, kind: str, fields: Row) -> Decision:
        doc_id = document["article"]["doc_id"]
        whole = _blank(kind) | self._fields(document, kind, fields)
        ids = {record: row["id"] for record, row in identities(document).items()}
        checked = _validated(kind, resolve(kind, whole, ids) | {"id": "x"})
        record = identity(document["article"]["sha256"], kind, checked)
        if record in identities(document):
            raise DecisionError("that record is there already")
        return self.log.decide(who=who, doc_id=doc_id, record=record, verdict="add", fields=whole)

    def _fields(self, document: Row, kind: str, fields: Row) -> Row:
        """The fields of an edit, checked against the schema, references as identities."""
        model = MODELS[kind].model_fields
        unknown = [name for name in fields if name not in model or name in FIXED]
        if unknown:
            raise DecisionError(f"{kind}: {', '.join(unknown)} cannot be set")
        out = dict(fields)
        if {"start", "end"} <= set(fields) and "text" in model:
            text = self.index.text(document["article"]["doc_id"])
            out["text"] = text[fields["start"] : fields["end"]]
        _validated(kind, _blank(kind) | out | {"id": "x"})
        return unresolve(kind, out, document)


def _added_names(document: Row, known: Iterable[str], found: Row) -> Row:
    names = set(known)
    sha256 = found["article"]["sha256"]
    return {
        row["id"]: identity(sha256, kind, row).as_json()
        for kind in KINDS
        for row in document[kind]
        if row["id"] not in names
    }


def _blank(kind: str) -> Row:
    """A record of a kind with nothing in it, for the fields that a reviewer leaves open."""
    usual: Row = {"confidence": 1.0, "rule": "reviewer", "mentions": 1, "evidence": {}, "sentence": 0, "resolved": True}
    usual |= {
        "is_author": False,
        "comparator": "=",
        "mode": "indirect",
        "type": "DATE",
        "unit": "1",
        "start": 0,
        "end": 0,
    }
    usual |= {"first": 0, "text": "", "name": "", "value": 0 if kind == "claims" else "", "kind": _FIRST_KIND.get(kind)}
    lists = {"regions", "roles", "initiators", "members", "candidates"}
    out: Row = {}
    for name in MODELS[kind].model_fields:
        out[name] = [] if name in lists else usual.get(name)
    if kind == "programmes":
        out |= {"start": None, "end": None}
    return out


_FIRST_KIND = {"regions": "other", "organisations": "other", "claims": "count", "programmes": "plan"}


def _validated(kind: str, row: Row) -> Row:
    from pydantic import ValidationError

    try:
        model = MODELS[kind].model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        raise DecisionError(f"{kind}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    checked: Row = model.model_dump(mode="json")
    return checked
