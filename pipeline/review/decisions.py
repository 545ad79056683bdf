"""The log of decisions: one JSON object a line, only ever appended to, the last word on a record holds."""

from __future__ import annotations

import json
import os
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from pipeline.review.identity import Identity, parse_identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Row = dict[str, Any]

VERDICTS = ("accept", "reject", "edit", "add")
#: Where a run keeps its decisions.
LOG = "review/decisions.jsonl"


class DecisionError(ValueError):
    """A decision that cannot be taken, or a log that cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of the log.

    `number` is its line. `fields` are the corrected values of an edit, or the whole of an added record; references in
    them are identities, as ids change. A line with `undoes` takes back the line of that number instead.
    """

    number: int
    at: str
    who: str
    doc_id: str
    record: Identity | None = None
    verdict: str | None = None
    fields: Row = field(default_factory=dict)
    undoes: int | None = None

    def as_json(self) -> Row:
        """The line as JSON, without its number, which is its place."""
        row: Row = {"at": self.at, "who": self.who, "doc_id": self.doc_id}
        if self.undoes is not None:
            return row | {"undoes": self.undoes}
        assert self.record is not None  # noqa: S101 - a decision that undoes nothing is about a record
        return row | {"verdict": self.verdict, "record": self.record.as_json(), "fields": self.fields}


class Log:
    """The decisions of one run; many threads may decide at once, none is lost.

    A line is on the disk before `append` returns. A last line that was cut off by a crash is left out when reading
    and ended when writing goes on.
    """

    def __init__(self, run: Path) -> None:
        self.path = run / LOG
        self._lock = threading.Lock()
        self.decisions = list(read_log(self.path))

    def decide(self, *, who: str, doc_id: str, record: Identity, verdict: str, fields: Row | None = None) -> Decision:
        """Append a verdict on a record."""
        if verdict not in VERDICTS:
            raise DecisionError(f"verdict {verdict!r}: choose from {', '.join(VERDICTS)}")
        return self._append(who=who, doc_id=doc_id, record=record, verdict=verdict, fields=fields or {})

    def undo(self, *, who: str) -> Decision | None:
        """Take back this reviewer's last decision that stands; None where there is none."""
        done, _ = self._stacks(who)
        return self._take_back(who, done[-1]) if done else None

    def redo(self, *, who: str) -> Decision | None:
        """Take back this reviewer's last undo, unless something was decided since."""
        _, undone = self._stacks(who)
        return self._take_back(who, undone[-1]) if undone else None

    def _take_back(self, who: str, number: int) -> Decision:
        return self._append(who=who, doc_id=self.decisions[number - 1].doc_id, undoes=number)

    def _stacks(self, who: str) -> tuple[list[int], list[int]]:
        """The lines of this reviewer's verdicts that can be undone, and of the undos that can be redone."""
        done: list[int] = []
        undone: list[int] = []
        for decision in self.decisions:
            if decision.who == who and decision.undoes is None:
                done.append(decision.number)
                undone.clear()
            elif decision.who == who and decision.undoes:
                target = self.decisions[decision.undoes - 1]
                if target.undoes is None:
                    done.remove(target.number)
                    undone.append(decision.number)
                else:
                    undone.remove(target.number)
                    done.append(target.undoes)
        return done, undone

    def _append(self, **fields: Any) -> Decision:
        with self._lock:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            decision = Decision(number=len(self.decisions) + 1, at=now, **fields)
            self.path.parent.mkdir(parents=True, exist_ok=True)
            line = json.dumps(decision.as_json(), ensure_ascii=False, sort_keys=True)
            with self.path.open("ab") as out:
                out.write(_ending(self.path) + line.encode("utf-8", "replace") + b"\n")
                out.flush()
                os.fsync(out.fileno())
            self.decisions.append(decision)
            return decision


def _ending(path: Path) -> bytes:
    """What has to come before a new line: a line end where a crash left half a line, which is then void."""
    data = path.read_bytes()
    return b"\n" if data and not data.endswith(b"\n") else b""


def read_log(path: Path) -> Iterator[Decision]:
    """Yield the decisions of a log in their order; nothing where there is no log.

    Half a line, which a crash leaves, is counted as a line and void; anything else that is no decision is an error.
    """
    if not path.is_file():
        return
    lines = path.read_text("utf-8").split("\n")
    for number, line in enumerate(lines[:-1] if lines[-1] == "" else lines, 1):
        yield _parse(path, number, line)


def _parse(path: Path, number: int, line: str) -> Decision:
    try:
        row = json.loads(line)
    except json.JSONDecodeError:
        return Decision(number=number, at="", who="", doc_id="", undoes=0)
    try:
        record = parse_identity(row["record"]) if "record" in row else None
        return Decision(
            number=number,
            at=row["at"],
            who=row["who"],
            doc_id=row["doc_id"],
            record=record,
            verdict=row.get("verdict"),
            fields=row.get("fields", {}),
            undoes=row.get("undoes"),
        )
    except (KeyError, TypeError) as error:
        raise DecisionError(f"{path}:{number}: not a decision ({error!r}): mend or remove the line") from None


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The verdicts that nothing has taken back, in their order."""
    rows = list(decisions)
    void: set[int] = set()
    for decision in reversed(rows):
        if decision.undoes is not None and decision.number not in void:
            void.add(decision.undoes)
    return [d for d in rows if d.undoes is None and d.number not in void]


def latest(decisions: Iterable[Decision]) -> dict[Identity, Decision]:
    """The last standing verdict on each record."""
    return {d.record: d for d in standing(decisions) if d.record is not None}
