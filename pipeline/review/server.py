"""The local server behind `pilotfacts review`: a page, and a few JSON verbs under `/api`."""

from __future__ import annotations

import getpass
import json
import secrets
import socket
from contextlib import asynccontextmanager
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from pipeline.review.decisions import DecisionError
from pipeline.review.desk import Desk
from pipeline.review.guard import HEADERS, refusal
from pipeline.review.index import Filter

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

#: What the page may load, by name: nothing else of this machine has an address.
ASSETS = {
    "review.js": "text/javascript",
    "review-text.js": "text/javascript",
    "review-fields.js": "text/javascript",
    "review.css": "text/css",
}
MOST_BYTES = 1_000_000


def make_app(run: Path, *, token: str, port: int, who: str | None = None) -> Starlette:
    """Build the application for one run folder; every request is checked by `guard.refusal` first."""
    desk = Desk(run)
    name = who or getpass.getuser()

    async def guard(request: Request, handle: Callable[[Request], Awaitable[Response]]) -> Response:
        response = refusal(request, token=token, port=port) or await handle(request)
        response.headers.update(HEADERS)
        return response

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        desk.index.close()

    routes = [
        Route("/", _page),
        Route("/static/{name}", _asset),
        Route("/api/queue", partial(_queue, desk)),
        Route("/api/documents/{doc_id:path}", partial(_document, desk)),
        Route("/api/decide", partial(_decide, desk, name), methods=["POST"]),
        Route("/api/accept", partial(_accept, desk, name), methods=["POST"]),
        Route("/api/undo", partial(_step, desk, name, True), methods=["POST"]),
        Route("/api/redo", partial(_step, desk, name, False), methods=["POST"]),
    ]
    app = Starlette(routes=routes, lifespan=lifespan)
    app.add_middleware(BaseHTTPMiddleware, dispatch=guard)
    return app


def new_token() -> str:
    """A secret for the address, new each time the server starts."""
    return secrets.token_urlsafe(24)


def listen(port: int | None) -> socket.socket:
    """Listen on loopback, on the port asked for or on a free one; OSError where it is taken.

    Who asks before the server answers waits, so that the address can be opened as soon as it is printed.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port or 0))
        listener.listen()
    except OSError as error:
        listener.close()
        raise OSError(f"port {port} is taken: choose another with --port, or leave it out") from error
    return listener


async def _page(_request: Request) -> Response:
    return HTMLResponse(_read("review.html"))


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in ASSETS:
        return PlainTextResponse("no such file", status_code=404)
    return Response(_read(name), media_type=ASSETS[name])


def _read(name: str) -> str:
    return files("pipeline.review").joinpath("assets", name).read_text("utf-8")


async def _queue(desk: Desk, request: Request) -> Response:
    query = request.query_params
    page = int(query["page"]) if query.get("page", "").isdecimal() else 0
    return JSONResponse(await run_in_threadpool(desk.queue, _filter(dict(query)), page=page))


def _filter(values: dict[str, Any]) -> Filter:
    names = ("kind", "flag", "region", "status", "text", "doc_id")
    return Filter(**{name: str(values.get(name) or "") for name in names})


async def _document(desk: Desk, request: Request) -> Response:
    document = await run_in_threadpool(desk.document, request.path_params["doc_id"])
    if document is None:
        return JSONResponse({"error": "no such article in this run"}, status_code=404)
    return JSONResponse(document)


async def _decide(desk: Desk, who: str, request: Request) -> Response:
    body = await _body(request)
    if body is None or not isinstance(body.get("record"), dict):
        return JSONResponse({"error": "not a decision"}, status_code=400)
    try:
        decision = await run_in_threadpool(
            desk.decide,
            who,
            str(body.get("doc_id")),
            body["record"],
            str(body.get("verdict")),
            body.get("fields") or {},
        )
    except (DecisionError, KeyError) as error:
        return JSONResponse({"error": str(error)}, status_code=400)
    return JSONResponse({"number": decision.number, "doc_id": decision.doc_id})


async def _accept(desk: Desk, who: str, request: Request) -> Response:
    body = await _body(request)
    if body is None:
        return JSONResponse({"error": "not a filter"}, status_code=400)
    return JSONResponse({"accepted": await run_in_threadpool(desk.accept_all, who, _filter(body))})


async def _step(desk: Desk, who: str, back: bool, _request: Request) -> Response:
    decision = await run_in_threadpool(partial(desk.step, who, back=back))
    return JSONResponse(desk.place(decision) if decision else {"doc_id": None})


async def _body(request: Request) -> dict[str, Any] | None:
    data = await request.body()
    if len(data) > MOST_BYTES or not request.headers.get("content-type", "").startswith("application/json"):
        return None
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
