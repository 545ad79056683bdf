"""The server answers only who may ask, and nothing of a request reaches a path or the page as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from pipeline.review.guard import POLICY
from pipeline.review.server import make_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PORT = 8321
BASE = f"http://127.0.0.1:{PORT}"
AUTH = {"x-review-token": "secret"}


@pytest.fixture
def client(run: Path) -> Iterator[TestClient]:
    with TestClient(make_app(run, token=AUTH["x-review-token"], port=PORT, who="me"), base_url=BASE) as made:
        yield made


def test_the_page_needs_the_token(client: TestClient) -> None:
    assert client.get("/").status_code == 403
    assert client.get("/?token=wrong").status_code == 403
    assert client.get("/?token=secret").status_code == 200
    assert client.get("/?token=\u00e9").status_code == 403


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 421),
        ({"host": f"evil.example:{PORT}"}, 421),
        ({"host": "127.0.0.1:1"}, 421),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": BASE}, 200),
        ({}, 200),
    ],
)
def test_other_hosts_and_origins_are_refused(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.get("/api/queue", headers=AUTH | headers).status_code == status


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for path in ("/?token=secret", "/static/review.js", "/static/nothing", "/api/queue", "/nowhere"):
        headers = client.get(path).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path", ["../../../etc/passwd", "..%2f..%2frecords.jsonl", "%2e%2e/records.jsonl", "review.html", "server.py"]
)
def test_only_the_pages_own_files_have_an_address(client: TestClient, path: str) -> None:
    assert client.get(f"/static/{path}", headers=AUTH).status_code == 404


def test_a_document_path_leads_nowhere_else(client: TestClient) -> None:
    answer = client.get("/api/documents/..%2f..%2fetc%2fpasswd", headers=AUTH)
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"{", "application/json"),
        (b"[]", "application/json"),
        (b"{}", "application/json"),
        (b'{"record": {}, "verdict": "accept"}', "application/json"),
        (b'{"record": {"kind": "claims"}}', "text/plain"),
        (
            b'{"record": {"kind": "nothing"}, "verdict": "add", "doc_id": "pilot-programs-2024-01-11"}',
            "application/json",
        ),
        (b"x" * 1_100_000, "application/json"),
        (b"[" * 20_000, "application/json"),
    ],
)
def test_nonsense_is_refused(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post("/api/decide", content=body, headers=AUTH | {"content-type": kind})
    assert answer.status_code == 400


def test_deciding_undoing_redoing(client: TestClient) -> None:
    (row, *_) = client.get("/api/queue", headers=AUTH, params={"kind": "claims"}).json()["rows"]
    document = client.get(f"/api/documents/{row['doc_id']}", headers=AUTH).json()
    record = document["identities"][row["id"]]
    body = {"doc_id": row["doc_id"], "record": record, "verdict": "accept"}
    assert client.post("/api/decide", json=body, headers=AUTH).status_code == 200
    assert _status(client, row) == "accepted"
    assert client.post("/api/undo", json={}, headers=AUTH).json()["id"] == row["id"]
    assert _status(client, row) is None
    client.post("/api/redo", json={}, headers=AUTH)
    assert _status(client, row) == "accepted"


def _status(client: TestClient, row: dict[str, str]) -> str | None:
    document = client.get(f"/api/documents/{row['doc_id']}", headers=AUTH).json()
    status: str | None = document["status"].get(row["id"])
    return status


def test_accepting_all_leaves_what_is_decided(client: TestClient) -> None:
    (row, *_) = client.get("/api/queue", headers=AUTH, params={"kind": "claims"}).json()["rows"]
    document = client.get(f"/api/documents/{row['doc_id']}", headers=AUTH).json()
    body = {"doc_id": row["doc_id"], "record": document["identities"][row["id"]], "verdict": "reject"}
    client.post("/api/decide", json=body, headers=AUTH)
    client.post("/api/accept", json={"kind": "claims"}, headers=AUTH)
    counts = client.get("/api/queue", headers=AUTH).json()["counts"]["kinds"]
    assert counts["claims"]["open"] == 0
    assert _status(client, row) == "rejected"
