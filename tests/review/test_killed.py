"""A server that is killed has lost nothing that it had answered."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.request
from typing import TYPE_CHECKING, Any

from pipeline.review.decisions import read_log

if TYPE_CHECKING:
    from pathlib import Path


def test_killed_after_an_answer(run: Path) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "review", str(run), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            row = _accept_one(server)
        finally:
            server.kill()
    (decision,) = read_log(run / "review" / "decisions.jsonl")
    assert (decision.verdict, decision.doc_id) == ("accept", row["doc_id"])


def _accept_one(server: subprocess.Popen[str]) -> dict[str, Any]:
    """Accept the first claim of the queue at the address that the server prints."""
    assert server.stdout is not None
    found = re.search(r"(http://[\d.:]+)/\?token=(\S+)", server.stdout.readline())
    assert found is not None
    base, token = found.groups()
    row: dict[str, Any] = _ask(f"{base}/api/queue?kind=claims", token)["rows"][0]
    record = _ask(f"{base}/api/documents/{row['doc_id']}", token)["identities"][row["id"]]
    _ask(f"{base}/api/decide", token, {"doc_id": row["doc_id"], "record": record, "verdict": "accept"})
    return row


def _ask(address: str, token: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    headers = {"x-review-token": token, "content-type": "application/json"}
    data = json.dumps(body).encode() if body else None
    request = urllib.request.Request(address, data, headers)  # noqa: S310 - the address that the server printed
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        found: dict[str, Any] = json.load(answer)
    return found
