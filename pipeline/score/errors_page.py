"""The differences between a run and its gold, in the text, by class, as one self-contained HTML page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from pipeline.score.gold import ScoreError, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pipeline.score.compare import Finding
    from pipeline.score.scorer import Scores

#: Characters of the text shown on each side of a difference.
CONTEXT = 90
_STYLE = """
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; color: #1d232b; font: 16px/1.5 system-ui, sans-serif; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.2rem 0.8rem 0.2rem 0; vertical-align: top; }
th { border-bottom: 1px solid #515b66; } li { margin: 0.6rem 0; } small { color: #515b66; }
mark { font-weight: 600; padding: 0 2px; }
.missed mark { background: #ffd9d2; border-bottom: 2px solid #a02a10; }
.spurious mark { background: #e3dcff; border-bottom: 2px dashed #4b2fa3; }
.wrong mark { background: #ffe9a8; border-bottom: 2px dotted #8a6400; }
summary { cursor: pointer; font-weight: 600; padding: 0.3rem 0; }
"""


def write_errors(scores: Scores, run: Path, path: Path) -> None:
    """Write the page; `run` is the folder that was scored, whose `texts/` give the context.

    The page loads nothing. Raises `ScoreError` when a text is missing.
    """
    texts = {doc_id: _text(run, doc_id) for doc_id in scores.documents if doc_id not in scores.absent}
    path.write_text("\n".join(_page(scores, texts)) + "\n", "utf-8")


def _text(run: Path, doc_id: str) -> str:
    file = run / "texts" / f"{doc_id}.txt"
    if file.parent != run / "texts" or not file.is_file():
        raise ScoreError(f"{file}: missing: name the run's folder, not a file in it, and extract it again")
    return file.read_bytes().decode("utf-8")


def _page(scores: Scores, texts: dict[str, str]) -> Iterator[str]:
    yield '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>pilotfacts: differences from gold</title>'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<style>{_STYLE}</style></head><body><h1>Differences from gold</h1>"
    yield from _figures(scores)
    for kind in scores.total.kinds:
        for verdict in ("missed", "spurious", "wrong"):
            rows = [f for f in scores.total.findings if (f.kind, f.verdict) == (kind, verdict)]
            if rows:
                yield f'<details class="{verdict}" open><summary>{kind} {verdict}: {len(rows)}</summary><ul>'
                yield from (_item(finding, texts.get(finding.doc_id, "")) for finding in rows)
                yield "</ul></details>"
    yield "</body></html>"


def _figures(scores: Scores) -> Iterator[str]:
    yield "<table><tr><th>kind</th><th>F1 found</th><th>F1 whole</th><th>missed</th><th>spurious</th></tr>"
    for kind, tally in scores.total.kinds.items():
        cells = (kind, f"{tally.found.f1:.3f}", f"{tally.whole.f1:.3f}", tally.found.fn, tally.found.fp)
        yield "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    yield "</table>"


def _item(finding: Finding, text: str) -> str:
    shown = _context(finding, text)
    fields = "".join(
        f"<br>{escape(name)}: got <b>{escape(_value(got))}</b>, wanted <b>{escape(_value(want))}</b>"
        for name, (want, got) in finding.fields.items()
    )
    return f"<li><small>{escape(finding.doc_id)}</small><br>{shown}{fields}</li>"


def _context(finding: Finding, text: str) -> str:
    start = finding.start
    if start is None or not text:
        return f"<mark>{escape(finding.text)}</mark>"
    end = start + len(finding.text) if text.startswith(finding.text, start) else start + 1
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return f"…{escape(before)}<mark>{escape(text[start:end])}</mark>{escape(after)}…"


def _value(value: Any) -> str:
    shown = [", ".join(map(str, one)) if isinstance(one, list) else str(one) for one in alternatives(value)]
    return " or ".join(one or "nothing" for one in shown)
