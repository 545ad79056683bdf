"""What `pilotfacts score` prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.score.compare import Finding
    from pipeline.score.scorer import Scores


#: Fields named in the table; `--json` has them all.
MOST_FIELDS = 3


def kinds_table(scores: Scores) -> Table:
    """A row a kind of record: precision, recall and F1 for finding it, F1 of the whole record, and its weak fields."""
    table = Table(
        title=f"{scores.total.documents} documents", title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1)
    )
    for name in (
        "kind",
        "gold",
        "P",
        "R",
        "F1 found",
        "F1 whole",
        "weakest fields of those found",
    ):
        table.add_column(name, justify="left" if name.startswith(("kind", "weakest")) else "right")
    for kind, tally in scores.total.kinds.items():
        found, whole = tally.found, tally.whole
        worst = sorted(tally.fields.items(), key=lambda row: row[1].accuracy)[:MOST_FIELDS]
        weak = [f"{name} {t.right}/{t.total}" for name, t in worst if t.right < t.total]
        rates = (f"{rate:.3f}" for rate in (found.precision, found.recall, found.f1, whole.f1))
        table.add_row(kind, str(found.tp + found.fn), *rates, ", ".join(weak))
    return table


def mentions_table(scores: Scores) -> Table:
    """A row a kind of mention: by exact span and by overlap."""
    table = Table(title="mention spans", title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1))
    for name in ("kind", "precision", "recall", "F1"):
        table.add_column(name, justify="left" if name == "kind" else "right")
    for kind, tally in scores.total.mentions.items():
        table.add_row(kind, *(f"{rate:.3f}" for rate in (tally.precision, tally.recall, tally.f1)))
    return table


def sure_line(scores: Scores) -> str:
    """How many of the records that were given a high confidence are right in every field."""
    right = sum(tally.sure.right for tally in scores.total.kinds.values())
    total = sum(tally.sure.total for tally in scores.total.kinds.values())
    share = f" ({right / total:.1%})" if total else ""
    return f"of {total} records with a confidence of 0.9 or more, {right} are right in every field{share}"


def error_lines(findings: list[Finding]) -> Iterator[str]:
    """A line a difference: document, kind, verdict, text, and for a wrong record wanted and got."""
    for f in sorted(findings, key=lambda f: (f.doc_id, f.kind, f.start or 0)):
        where = "" if f.start is None else f" @{f.start}"
        fields = "; ".join(f"{name}: {_show(got)} for {_show(want)}" for name, (want, got) in f.fields.items())
        yield f"{f.doc_id}  {f.kind}  {f.verdict}{where}  {f.text!r}" + (f"  {fields}" if fields else "")


def _show(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
