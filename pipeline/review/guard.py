"""Who may talk to the review server: this machine, by the address with the token, from the page itself."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

#: The page may load its own script and style, talk to its own server, and nothing else.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
TOKEN_HEADER = "x-review-token"  # noqa: S105 - the name of a header, not a secret


def refusal(request: Request, *, token: str, port: int) -> Response | None:
    """Answer a request that must not be served: another host's name, another page's script, no or a wrong token."""
    hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
    if request.headers.get("host") not in hosts:
        return PlainTextResponse("wrong host", status_code=421)
    origin = request.headers.get("origin")
    if origin is not None and origin not in {f"http://{host}" for host in hosts}:
        return PlainTextResponse("wrong origin", status_code=403)
    if request.url.path.startswith("/static/"):
        return None
    given = request.headers.get(TOKEN_HEADER) or request.query_params.get("token", "")
    if not hmac.compare_digest(given.encode(), token.encode()):
        return PlainTextResponse("open the address that `pilotfacts review` printed, token included", status_code=403)
    return None
