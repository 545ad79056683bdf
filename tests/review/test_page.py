"""The page in a browser: by mouse and by keyboard, and nothing leaves this machine."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.review.decisions import Log, latest, standing
from pipeline.review.gold import write_gold
from pipeline.review.identity import identities
from pipeline.review.server import listen, make_app
from pipeline.score.compare import compare
from tests.review.run_folder import write_run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
DOC = "pilot-programs-2024-01-11"
HOSTILE = (
    "<script>document.title='owned'</script> rose to 40 mills\n\n"
    'In Hebei, 40 mills <img src=x onerror="document.title=1"> opened, said Li Hua, head of javascript:alert(1) Co.\n\n'
    "\u202eThe text is turned here in Fujian\u202c and 3 ports opened.\n"
)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Debian's chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sync_api = pytest.importorskip("playwright.sync_api")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Callable[[Path], str]]:
    """Start servers on loopback; they end with the test."""
    import uvicorn

    running: list[tuple[uvicorn.Server, threading.Thread]] = []

    def start(run: Path) -> str:
        listener = listen(None)
        port = listener.getsockname()[1]
        app = make_app(run, token="t0ken", port=port, who="me")  # noqa: S106
        server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        deadline = time.monotonic() + 30
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.02)
        running.append((server, thread))
        return f"http://127.0.0.1:{port}/?token=t0ken"

    yield start
    for server, thread in running:
        server.should_exit = True
        thread.join(timeout=20)


@pytest.fixture
def page(browser: Browser, serve: Callable[[Path], str]) -> Iterator[Page]:
    """A page that records what it asks for, and what goes wrong in it; it closes before its server does."""
    assert serve
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert problems == []
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in asked)


def opened(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("#rows button")
    page.wait_for_selector("#text [data-start]")
    return page


def chosen(page: Page) -> str:
    return page.inner_text("#rows button[aria-current=true] >> nth=0").split("\n")[0]


def verdicts(run: Path) -> list[str | None]:
    return [decision.verdict for decision in standing(Log(run).decisions)]


def settled(page: Page, text: str) -> None:
    page.wait_for_function("text => document.getElementById('message').textContent.startsWith(text)", arg=text)


def test_by_keyboard(page: Page, serve: Callable[[Path], str], run: Path) -> None:
    opened(page, serve(run))
    first = chosen(page)
    page.keyboard.press("a")
    settled(page, "accepted")
    page.wait_for_function(
        "name => !document.querySelector('#rows [aria-current=true]').textContent.startsWith(name)", arg=first
    )
    second = chosen(page)
    page.keyboard.press("r")
    settled(page, "rejected")
    assert verdicts(run) == ["accept", "reject"]
    page.keyboard.press("u")
    settled(page, "undone")
    assert verdicts(run) == ["accept"]
    page.keyboard.press("U")
    settled(page, "redone")
    assert verdicts(run) == ["accept", "reject"]
    page.keyboard.press("?")
    assert page.is_visible("#help")
    page.keyboard.press("Escape")
    page.select_option("select[name=kind]", "claims")
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("827")
    page.wait_for_function("() => document.querySelectorAll('#rows button').length === 1")
    assert second != "827 enterprises"
    assert page.inner_text("#rows button").startswith("827 enterprises")


def test_by_mouse_edit_a_value_and_a_link_then_reload(page: Page, serve: Callable[[Path], str], run: Path) -> None:
    address = serve(run)
    opened(page, address)
    only_claim(page, "827")
    assert page.inner_text("mark.claim.chosen") == "827"
    assert page.locator("mark.evidence").count() > 0
    page.click("#record >> text=Edit")
    page.fill("#record input[name=value]", "828")
    page.select_option("#record select[name=speaker]", label=_option(page, "speaker", "Sun Bin"))
    page.click("#record >> text=Save")
    settled(page, "corrected")
    opened(page, address)
    page.select_option("select[name=status]", "corrected")
    page.wait_for_function("() => document.querySelectorAll('#rows button').length === 1")
    page.click("#rows button")
    page.wait_for_function("() => document.getElementById('record').textContent.includes('828')")
    assert "Sun Bin" in page.inner_text("#record")


def only_claim(page: Page, text: str) -> None:
    """Filter the queue down to one claim and open it."""
    page.select_option("select[name=kind]", "claims")
    page.fill("#search", text)
    page.wait_for_function("() => document.querySelectorAll('#rows button').length === 1")
    page.click("#rows button")
    page.wait_for_selector("mark.claim.chosen")


def _option(page: Page, name: str, label: str) -> str:
    options = page.locator(f"#record select[name={name}] option").all_inner_texts()
    return next(option for option in options if option.startswith(label))


def test_choosing_a_highlight_opens_its_record(page: Page, serve: Callable[[Path], str], run: Path) -> None:
    opened(page, serve(run))
    only_claim(page, "748")
    page.locator("mark.region", has_text="Macao").last.click()
    page.wait_for_function("() => document.getElementById('record').textContent.startsWith('region')")
    assert "CN-MO" in page.inner_text("#record")


def test_adding_a_record_by_selecting_text(page: Page, serve: Callable[[Path], str], run: Path) -> None:
    opened(page, serve(run))
    only_claim(page, "748")
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf("growing number");
            if (at >= 0) {
              getSelection().setBaseAndExtent(node, at, node, at + 14);
              return;
            }
          }
        }"""
    )
    page.keyboard.press("n")
    page.click("#record >> text=claim")
    page.fill("#record input[name=value]", "2")
    page.fill("#record input[name=measure]", "companies")
    page.click("#record >> text=Save")
    settled(page, "added")
    decision = next(d for d in latest(Log(run).decisions).values() if d.verdict == "add")
    assert (decision.fields["text"], decision.fields["value"]) == ("growing number", 2)
    page.wait_for_function(
        "() => [...document.querySelectorAll('mark.claim')].some(m => m.textContent.includes('growing'))"
    )


def test_accept_all_then_gold_then_score(page: Page, serve: Callable[[Path], str], run: Path, tmp_path: Path) -> None:
    opened(page, serve(run))
    page.click("#accept-all")
    page.click("#sure >> text=Accept them")
    page.wait_for_function("() => / accepted$/.test(document.getElementById('message').textContent)")
    (gold,) = write_gold(run, [DOC], tmp_path / "gold")
    lines = (run / "records.jsonl").read_text().splitlines()
    document = next(json.loads(line) for line in lines if DOC in line)
    result = compare(json.loads(gold.read_text()), document)
    assert all(tally.whole.f1 == 1 for tally in result.kinds.values())


def test_a_new_extraction_keeps_what_fits_and_shows_what_is_stale(
    page: Page, serve: Callable[[Path], str], run: Path
) -> None:
    address = serve(run)
    opened(page, address)
    for _ in range(2):
        before = page.inner_text("#left")
        page.keyboard.press("a")
        page.wait_for_function("before => document.getElementById('left').textContent !== before", arg=before)
    page.keyboard.press("u")
    page.keyboard.press("U")
    settled(page, "redone")
    gone, kept = latest(Log(run).decisions)
    rows = [json.loads(line) for line in (run / "records.jsonl").read_text().splitlines()]
    changed = next(record for row in rows for name, record in identities(row).items() if name == gone)
    changed["name" if "name" in changed else "cue" if "cue" in changed else "value"] = "something else"
    (run / "new").write_text("".join(json.dumps(row) + "\n" for row in rows))
    (run / "new").replace(run / "records.jsonl")
    opened(page, serve(run))
    page.select_option("select[name=status]", "accepted")
    page.wait_for_function("() => document.querySelectorAll('#rows button').length === 1")
    assert kept in set(latest(Log(run).decisions))
    doc_id = latest(Log(run).decisions)[gone].doc_id
    page.select_option("select[name=status]", "")
    page.locator("#rows button", has_text=doc_id).first.click()
    page.wait_for_function("() => document.getElementById('stale').textContent.includes('no longer fit')")


def test_hostile_text_shows_as_text(page: Page, serve: Callable[[Path], str], tmp_path: Path, nlp: Any) -> None:
    from pipeline.extractor import Extractor

    extractor = Extractor()
    extractor.__dict__["nlp"] = nlp
    document = extractor.extract(HOSTILE, doc_id="hostile", title="<b>T</b><script>x</script>")
    run = write_run(tmp_path / "run", {"hostile": document.model_dump_json()}, {"hostile": HOSTILE})
    opened(page, serve(run))
    assert page.title() == "pilotfacts review"
    assert page.locator("#text script, #text img, #rows script, h2 b").count() == 0
    assert "<script>" in page.inner_text("#text")
    assert page.locator("#text .control").count() >= 2


@pytest.mark.parametrize("width", [1280, 800])
def test_accessibility(page: Page, serve: Callable[[Path], str], run: Path, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page.set_viewport_size({"width": width, "height": 700})
    opened(page, serve(run))
    _no_serious(axe.Axe().run(page))
    page.keyboard.press("e")
    page.wait_for_selector("#record form")
    _no_serious(axe.Axe().run(page))
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _no_serious(results: Any) -> None:
    found = [v for v in results.response["violations"] if v["impact"] in ("serious", "critical")]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == []


def test_two_browsers_lose_nothing(browser: Browser, serve: Callable[[Path], str], run: Path) -> None:
    address = serve(run)
    contexts = [browser.new_context() for _ in range(2)]
    pages = [opened(context.new_page(), address) for context in contexts]
    for key, page in (("a", pages[0]), ("r", pages[1])):
        page.select_option("select[name=kind]", "claims" if key == "a" else "people")
        page.wait_for_load_state("networkidle")  # Until the list is the new one: both lists begin with one record.
        page.wait_for_function("() => !document.querySelector('#rows [aria-current=true]')")
        page.click("#rows button >> nth=0")
        page.wait_for_selector("#record .actions")
        page.keyboard.press(key)
        settled(page, "accepted" if key == "a" else "rejected")
    assert sorted(str(d.verdict) for d in latest(Log(run).decisions).values()) == ["accept", "reject"]
    for context in contexts:
        context.close()


def test_the_browser_is_where_this_test_says() -> None:
    assert shutil.which(CHROMIUM)
