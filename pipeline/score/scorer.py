"""`score`: a run folder against gold, every gold document counted whether the run has it or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipeline.score.compare import Comparison, compare
from pipeline.score.gold import check_text, load_gold, load_run

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.score.gold import Row


@dataclass(frozen=True, slots=True)
class Scores:
    """The comparison of all documents, each document's own, the gold's digest and the documents that the run lacks."""

    total: Comparison
    documents: dict[str, Comparison]
    digest: str
    absent: tuple[str, ...]

    def figures(self) -> dict[str, dict[str, float]]:
        """F1 by kind, for finding a record and for getting all of it right."""
        return {kind: {"found": t.found.f1, "whole": t.whole.f1} for kind, t in self.total.kinds.items()}

    def as_json(self, *, errors: bool) -> dict[str, Any]:
        """Counts and rates by kind; with `errors` every difference too."""
        out: dict[str, Any] = {
            "gold": self.digest,
            "documents": self.total.documents,
            "absent": list(self.absent),
            "kinds": {kind: tally.as_json() for kind, tally in self.total.kinds.items()},
            "mention_spans": {kind: tally.as_json() for kind, tally in self.total.mentions.items()},
        }
        if errors:
            out["errors"] = [_finding(f) for f in self.total.findings]
        return out


def score(run: Path, gold: Path) -> Scores:
    """Score the run folder `run` against the gold file or folder `gold`.

    A gold document that the run lacks counts as an empty one; a document without gold is left out. Raises
    `ScoreError` where a file cannot be read, or a run's text is not the text that was labelled.
    """
    labels = load_gold(gold)
    documents = load_run(run)
    absent = tuple(sorted(set(labels.documents) - set(documents)))
    each: dict[str, Comparison] = {}
    total = Comparison()
    for doc_id, wanted in sorted(labels.documents.items()):
        got = documents.get(doc_id) or _empty(doc_id)
        check_text(wanted, got)
        each[doc_id] = compare(wanted, got)
        total.add(each[doc_id])
    return Scores(total=total, documents=each, digest=labels.digest, absent=absent)


def _empty(doc_id: str) -> Row:
    return {"article": {"doc_id": doc_id}}


def _finding(finding: Any) -> dict[str, Any]:
    fields = {name: {"gold": want, "run": got} for name, (want, got) in finding.fields.items()}
    return {
        "doc_id": finding.doc_id,
        "kind": finding.kind,
        "verdict": finding.verdict,
        "text": finding.text,
        "start": finding.start,
        "fields": fields,
    }
