"""The formats that want an extra: pages, archives, Parquet, packed files, addresses."""

from __future__ import annotations

import gzip
import json
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pytest
import zstandard
from pyarrow import parquet

from pipeline.read.article import RawArticle, ReadError
from pipeline.read.inputs import InputError, find_files
from pipeline.read.pages import page_article
from pipeline.read.reader import Item, Reader

PARAGRAPHS = (
    "A new cargo terminal opened in the port city on Tuesday, and the first ships were loaded before noon.",
    "Local officials said that the terminal will handle two million containers a year once all cranes are in place.",
    "Fishermen along the coast have asked for a wider channel, which engineers expect to dredge during the winter.",
)
PAGE = f"""<!DOCTYPE html><html lang="en"><head><title>New terminal opens | Coast Daily</title>
<meta property="og:title" content="New terminal opens"><meta property="og:site_name" content="Coast Daily">
<meta name="author" content="Ren Xiaolu"><meta property="article:published_time" content="2023-05-16T09:00:00+08:00">
</head><body><nav><a href="/">Home</a> <a href="/china">China</a></nav>
<article><h1>New terminal opens</h1>{"".join(f"<p>{words}</p>" for words in PARAGRAPHS)}</article>
<footer>Copyright 2023. All rights reserved.</footer></body></html>"""


def read(*inputs: str | Path) -> list[Item]:
    return list(Reader(find_files([str(one) for one in inputs])))


def check_page(item: Item) -> None:
    assert isinstance(item, RawArticle)
    assert (item.title, item.published, item.authors) == ("New terminal opens", date(2023, 5, 16), ("Ren Xiaolu",))
    assert item.publisher == "Coast Daily"
    assert all(words in item.text for words in PARAGRAPHS)
    assert "Copyright" not in item.text
    assert "Home" not in item.text


def test_a_page(tmp_path: Path) -> None:
    (tmp_path / "terminal.html").write_text(PAGE)
    (item,) = read(tmp_path)
    check_page(item)
    assert item.doc_id == "terminal"


@pytest.mark.parametrize(
    ("encoding", "head", "told"),
    [
        ("utf-8", "", "utf-8"),
        ("utf-8-sig", '<meta charset="gbk">', "utf-8-sig"),
        ("utf-8", '<meta charset="gbk">', "utf-8"),
        ("utf-16", "", "utf-16"),
        ("gb18030", "", "gb18030"),
        ("gbk", '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">', "gb18030"),
        ("big5", "<meta charset=Big5>", "big5hkscs"),
        ("shift_jis", "<meta charset='Shift_JIS' />", "cp932"),
        ("gbk", "<meta charset=no-such>", "gb18030"),
        ("gbk", "<meta charset=x-user-defined>", "gb18030"),
    ],
)
def test_pages_in_other_encodings(tmp_path: Path, encoding: str, head: str, told: str) -> None:
    page = PAGE.replace("<head>", f"<head>{head}").replace("A new cargo", "A new (中文) cargo")
    (tmp_path / "a.html").write_bytes(page.encode(encoding))
    (item,) = read(tmp_path)
    assert isinstance(item, RawArticle), item
    assert item.encoding == told
    assert "A new (中文) cargo" in item.text


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("<h1>", "<h1>", None),
        ("<h1>", "<time datetime='2021-03-04'>March 4, 2021</time><h1>", date(2021, 3, 4)),
        ("<h1>", "<p class='date'>Updated: 2022-07-12 08:30</p><h1>", date(2022, 7, 12)),
    ],
)
def test_no_day_is_guessed_from_the_words_of_an_article(
    tmp_path: Path, old: str, new: str, expected: date | None
) -> None:
    """The years that it speaks of would make "last month" a month of long ago."""
    page = PAGE.replace("2023-05-16T09:00:00+08:00", "").replace("on Tuesday", "in 2016, or on June 3, 2017")
    (tmp_path / "a.html").write_text(page.replace(old, new))
    (item,) = read(tmp_path)
    assert isinstance(item, RawArticle)
    assert item.published == expected


def test_a_page_that_a_library_fails_on_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise LookupError("some\nrule")

    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text("One.")
    monkeypatch.setattr("trafilatura.bare_extraction", fail)
    page, text = read(tmp_path)
    assert isinstance(page, ReadError)
    assert page.error == "this page can't be read (LookupError: some rule): save the article's words as .txt"
    assert isinstance(text, RawArticle)


def test_a_page_that_takes_for_ever_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(PAGE)
    (tmp_path / "b.txt").write_text("One.")
    monkeypatch.setattr("trafilatura.bare_extraction", lambda *_, **__: time.sleep(60))
    page, text = Reader(find_files([str(tmp_path)]), page=partial(page_article, seconds=0.2))
    assert isinstance(page, ReadError)
    assert "longer than 0.2 s" in page.error
    assert "--timeout" in page.error
    assert isinstance(text, RawArticle)


def archive(*records: tuple[str, str, str, str]) -> bytes:
    """A web archive as crawlers write them: every record packed by itself."""
    parts = []
    for url, status, content, body in records:
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n\r\n{body}".encode()
        head = {
            "WARC-Type": "response",
            "WARC-Target-URI": url,
            "WARC-Date": "2023-05-17T00:00:00Z",
            "Content-Type": "application/http; msgtype=response",
            "Content-Length": len(answer),
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        parts.append(gzip.compress(f"WARC/1.0\r\n{lines}\r\n".encode() + answer + b"\r\n\r\n"))
    info = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"
    return b"".join([gzip.compress(info), *parts])


def test_an_archive(tmp_path: Path) -> None:
    data = archive(
        ("https://news.example.org/2023/terminal.html?from=home", "200 OK", "text/html; charset=utf-8", PAGE),
        ("https://news.example.org/style.css", "200 OK", "text/css", "p {}"),
        ("https://news.example.org/gone.html", "404 Not Found", "text/html", PAGE),
        ("https://news.example.org/empty", "200 OK", "text/html", "<html></html>"),
    )
    (tmp_path / "crawl.warc.gz").write_bytes(data)
    page, empty = read(tmp_path)
    check_page(page)
    assert isinstance(page, RawArticle)
    assert (page.doc_id, page.source) == ("terminal", "crawl.warc.gz:1")
    assert (page.url or "").startswith("https://news.example.org/2023/terminal.html")
    assert isinstance(empty, ReadError)
    assert (empty.doc_id, empty.source) == ("empty", "crawl.warc.gz:2")


def test_an_archive_keeps_what_the_server_said_of_the_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("A new cargo", "A new (\\u4e2d) cargo")
    data = gzip.decompress(archive(("https://a.org/one.html", "200 OK", "text/html; charset=Big5", page)))
    (tmp_path / "crawl.warc").write_bytes(data.replace(b"\\u4e2d", "中文字".encode("big5")))
    (item,) = read(tmp_path)
    assert isinstance(item, RawArticle), item
    assert item.encoding == "big5hkscs"
    assert "A new (中文字) cargo" in item.text


@pytest.mark.parametrize(
    ("status", "content", "is_page"),
    [
        ("200 OK", "TEXT/HTML; Charset=UTF-8", True),
        ("200 OK", "Application/XHTML+XML", True),
        ("203 Non-Authoritative Information", "text/html", True),
        ("304 Not Modified", "text/html", False),
        ("200 OK", "Text/CSS", False),
    ],
)
def test_which_records_of_an_archive_are_pages(tmp_path: Path, status: str, content: str, is_page: bool) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(archive(("https://a.org/one.html", status, content, PAGE)))
    (item,) = read(tmp_path)
    assert isinstance(item, RawArticle) is is_page


@pytest.mark.parametrize("end", [" ", "\n", "\n\n"])
def test_a_page_that_is_longer_than_its_record_says(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], end: str
) -> None:
    page = PAGE.replace("<p>", f"<p>{end}").replace("\n", end)
    good = gzip.decompress(archive(("https://a.org/one.html", "200 OK", "text/html", page)))
    length = len(good.partition(b"msgtype=response")[2].partition(b"\r\n\r\n")[2]) - len(b"\r\n\r\n")
    bad = good.replace(f"Content-Length: {length}".encode(), f"Content-Length: {length - 300}".encode())
    assert bad != good
    (tmp_path / "crawl.warc").write_bytes(bad + good)
    cut, whole = read(tmp_path)
    assert isinstance(cut, ReadError)
    assert "its Content-Length is wrong" in cut.error
    check_page(whole)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("share", [0.6, 0.7, 0.8, 0.9, 0.97])
def test_a_cut_archive_gives_what_is_whole_and_says_so(tmp_path: Path, share: float) -> None:
    data = archive(
        ("https://a.org/one.html", "200 OK", "text/html", PAGE), ("https://a.org/two.html", "200 OK", "text/html", PAGE)
    )
    (tmp_path / "crawl.warc.gz").write_bytes(data[: int(len(data) * share)])
    first, second = read(tmp_path)
    check_page(first)
    assert isinstance(second, ReadError)
    assert "fetch it again" in second.error


def test_an_archive_with_something_else_in_it(tmp_path: Path) -> None:
    (tmp_path / "junk.warc").write_bytes(b"WARC/1.0\r\njunk\r\n\r\n")
    good = gzip.decompress(archive(("https://a.org/one.html", "200 OK", "text/html", PAGE)))
    (tmp_path / "mixed.warc").write_bytes(good + b"WARC/1.0\r\njunk\r\n\r\n" + good)
    junk, page, mixed = read(tmp_path)
    assert isinstance(junk, ReadError)
    assert isinstance(mixed, ReadError)
    assert [junk.source, mixed.source] == ["junk.warc:1", "mixed.warc:2"]
    assert "broken web archive" in junk.error
    check_page(page)


def test_parquet(tmp_path: Path) -> None:
    rows = {
        "id": [1, None],
        "text": ["One.", "Two."],
        "published": [date(2024, 1, 2), None],
        "authors": [["Li Na"], None],
        "more": [1.5, 2.5],
    }
    parquet.write_table(pa.table(rows), tmp_path / "t.parquet")
    assert read(tmp_path) == [
        RawArticle("1", "One.", "t.parquet:1", None, date(2024, 1, 2), ("Li Na",), encoding="utf-8"),
        RawArticle("t-2", "Two.", "t.parquet:2", encoding="utf-8"),
    ]


TEXTS = ["One.", "Two.", "Three."]
NOT_UTF8 = pa.StringArray.from_buffers(3, *pa.array([b"One.", b"Tw\xff", b"Three."], pa.binary()).buffers()[1:])


@pytest.mark.parametrize(
    ("column", "values", "note"),
    [
        ("published", pa.array([19000, 1 << 30, 19000], pa.int32()).cast(pa.date32()), "published is not a date"),
        ("published", pa.array([0, 1 << 60, 0], pa.int64()).cast(pa.timestamp("us")), "published is not a date"),
        ("title", NOT_UTF8, "title is not a text"),
        ("id", NOT_UTF8, "id is not a text"),
        ("authors", pa.ListArray.from_arrays([0, 1, 2, 3], NOT_UTF8), "authors is not a list"),
    ],
)
def test_a_damaged_value_of_parquet_is_noted(tmp_path: Path, column: str, values: Any, note: str) -> None:
    parquet.write_table(pa.table({"text": TEXTS, column: values}), tmp_path / "t.parquet")
    items = read(tmp_path)
    assert [item.text for item in items if isinstance(item, RawArticle)] == TEXTS
    assert [len(item.notes) for item in items if isinstance(item, RawArticle)] == [0, 1, 0]
    assert isinstance(items[1], RawArticle)
    assert items[1].notes[0].startswith(note)


def test_a_damaged_text_of_parquet_fails_alone(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": NOT_UTF8, "id": ["a", "b", "c"]}), tmp_path / "t.parquet")
    first, bad, last = read(tmp_path)
    assert isinstance(bad, ReadError)
    assert (bad.doc_id, bad.source) == ("b", "t.parquet:2")
    assert "the text is damaged: UnicodeDecodeError" in bad.error
    assert isinstance(first, RawArticle)
    assert isinstance(last, RawArticle)


def test_dates_of_an_unknown_time_zone_are_noted(tmp_path: Path) -> None:
    days = pa.array([0, 1, 2], pa.int64()).cast(pa.timestamp("us", tz="Foo/Bar"))
    parquet.write_table(pa.table({"text": TEXTS, "published": days}), tmp_path / "t.parquet")
    assert [len(item.notes) for item in read(tmp_path) if isinstance(item, RawArticle)] == [1, 1, 1]


def test_a_long_number_is_an_id(tmp_path: Path) -> None:
    numbers = [Decimal("1" * 38), Decimal(2), Decimal("1.5")]
    ids = pa.array(numbers[:2], pa.decimal128(38, 0))
    parquet.write_table(pa.table({"text": TEXTS[:2], "id": ids}), tmp_path / "a.parquet")
    parquet.write_table(
        pa.table({"text": TEXTS[2:], "id": pa.array(numbers[2:], pa.decimal128(38, 2))}), tmp_path / "b.parquet"
    )
    assert [item.doc_id for item in read(tmp_path)] == ["1" * 38, "2", "b-1"]


@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_packed_files(tmp_path: Path, suffix: str) -> None:
    pack = gzip.compress if suffix == "gz" else zstandard.compress
    lines = "".join(json.dumps({"text": f"Words {number}."}) + "\n" for number in range(500))
    (tmp_path / f"a.jsonl.{suffix}").write_bytes(pack(lines.encode()))
    (tmp_path / f"b.txt.{suffix}").write_bytes(pack(b"One text."))
    items = read(tmp_path)
    assert [item.doc_id for item in items] == [*(f"a-{number}" for number in range(1, 501)), "b"]
    assert isinstance(items[-1], RawArticle)
    assert items[-1].text == "One text."


def test_addresses() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe(
        {"/bucket/news/a.txt": b"One.", "/bucket/news/more/b.jsonl": b'{"text": "Two."}', "/bucket/x.bin": b"x"}
    )
    items = read("memory://bucket/news")
    assert [(item.doc_id, item.source) for item in items] == [
        ("a", "memory:///bucket/news/a.txt"),
        ("b-1", "memory:///bucket/news/more/b.jsonl:1"),
    ]
    assert [item.doc_id for item in read("memory://bucket/news/*.txt")] == ["a"]
    memory.rm("/bucket", recursive=True)


class Server(SimpleHTTPRequestHandler):
    """Serves a folder, whole files only; ``/500/a.txt`` is answered with 500, and ``/302/…`` leads to itself."""

    silent = threading.Event()

    def do_HEAD(self) -> None:
        self._answer(super().do_HEAD)

    def do_GET(self) -> None:
        self._answer(super().do_GET)

    def _answer(self, usual: Callable[[], None]) -> None:
        first = self.path.split("/")[1]
        if first.isdecimal():
            self.send_response(int(first))
            self.send_header("Location", self.path)
            self.end_headers()
        elif first == "silent":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(b'{"text": "One."}\n')
                self.silent.wait(10)
        else:
            usual()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Server, directory=str(tmp_path))) as serving:
        serving.handle_error = lambda *_: None  # Who has read enough hangs up.
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}"
        serving.shutdown()


def test_pages_of_the_web(tmp_path: Path, server: str) -> None:
    (tmp_path / "terminal.html").write_text(PAGE)
    address = f"{server}/terminal.html?from=home"
    (item,) = read(address)
    check_page(item)
    assert isinstance(item, RawArticle)
    assert (item.doc_id, item.source) == ("terminal", address)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("other.html", "can't be found: check the address"),
        ("500/a.html", "the server answered 500 Internal Server Error"),
        ("401/a.html", "the server answered 401 Unauthorized"),
        ("302/a.html", "TooManyRedirects"),
    ],
)
def test_what_a_web_server_answers_is_told(server: str, path: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as error:
        read(f"{server}/{path}")
    assert path in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(("name", "pack"), [("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress)])
def test_a_server_that_gives_no_parts(tmp_path: Path, server: str, name: str, pack: Callable[[bytes], bytes]) -> None:
    """A library asks for parts of 5 MB."""
    lines = (json.dumps({"text": f"{number} {random.randbytes(2000).hex()}"}) + "\n" for number in range(3000))
    (tmp_path / name).write_bytes(pack("".join(lines).encode()))
    assert (tmp_path / name).stat().st_size > 6_000_000
    items = read(f"{server}/{name}")
    assert len(items) == 3000
    assert all(isinstance(item, RawArticle) for item in items)


def test_parquet_of_a_server_that_gives_no_parts(tmp_path: Path, server: str) -> None:
    texts = [random.randbytes(3000).hex() for _ in range(3000)]
    parquet.write_table(pa.table({"text": texts}), tmp_path / "a.parquet")
    (item,) = read(f"{server}/a.parquet")
    assert isinstance(item, ReadError)
    assert "fetch it and give the file" in item.error


def test_parquet_that_comes_as_a_stream(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"text": TEXTS}), tmp_path / "a.parquet")
    (tmp_path / "a.parquet.zst").write_bytes(zstandard.compress((tmp_path / "a.parquet").read_bytes()))
    (item,) = read(tmp_path / "a.parquet.zst")
    assert isinstance(item, ReadError)
    assert "save it as a file, unpacked" in item.error


def test_a_server_that_falls_silent(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.read.inputs._SILENCE", 0.3)
    reader = Reader(find_files([f"{server}/silent/a.jsonl"]))
    *_, last = reader
    Server.silent.set()
    assert isinstance(last, ReadError)
    assert "nothing more came" in last.error
    assert reader.broken_off


def test_an_address_is_read_as_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of some megabytes is never asked for whole."""
    line = json.dumps({"text": "word " * 200}) + "\n"
    memory = fsspec.filesystem("memory")
    memory.pipe({"/big/a.jsonl": (line * 3000).encode()})
    asked: list[int] = []
    kind = type(memory.open("/big/a.jsonl"))
    whole = kind.read

    def read_some(self: object, size: int = -1) -> bytes:
        asked.append(size)
        return whole(self, size)

    monkeypatch.setattr(kind, "read", read_some)
    reader = iter(Reader(find_files(["memory://big/a.jsonl"])))
    assert isinstance(next(reader), RawArticle)
    assert -1 not in asked
    memory.rm("/big", recursive=True)


def test_a_server_that_fails_in_the_middle_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever its library raises; what came before counts, and nothing of what is known is thrown away."""
    memory = fsspec.filesystem("memory")
    lines = [json.dumps({"text": f"Words {number}. " * 100}) for number in range(2000)]
    memory.pipe({"/cut/a.jsonl": "\n".join(lines).encode(), "/cut/b.txt": b"One."})
    kind = type(memory.open("/cut/a.jsonl"))
    whole = kind.read

    class ServerError(Exception):
        pass

    def read_some(self: Any, size: int = -1) -> bytes:
        if self.tell() > 1_500_000:
            raise ServerError("went\naway")
        return bytes(whole(self, size))

    monkeypatch.setattr(kind, "read", read_some)
    reader = Reader(find_files(["memory://cut"]))
    items = list(reader)
    assert reader.broken_off
    assert len(items) > 1000
    *_, cut, text = items
    assert isinstance(cut, ReadError)
    assert "ServerError: went away" in cut.error
    assert isinstance(text, RawArticle)
    memory.rm("/cut", recursive=True)


@pytest.mark.parametrize(
    "address",
    [
        "nosuch://bucket/a.txt",
        "memory://nothing/here/*.txt",
        "memory://nothing/a.txt",
        "zip://a.txt::/nowhere.zip",
        "ftp://127.0.0.1:1/a.txt",
        "http://127.0.0.1:1/a.txt",
        "http://",
    ],
)
def test_an_address_of_nothing_is_told(address: str) -> None:
    with pytest.raises(InputError, match=address.split(":", maxsplit=1)[0]):
        read(address)


@pytest.mark.parametrize(
    "error",
    [PermissionError("Forbidden"), ValueError("Invalid\nbucket name"), LookupError("Unable to locate credentials")],
)
def test_what_a_store_refuses_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(type(fsspec.filesystem("memory")), "exists", refuse)
    with pytest.raises(
        InputError, match=f"^memory://bucket/a can't be reached .{type(error).__name__}: .*rights"
    ) as told:
        read("memory://bucket/a")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("name", "module", "extra"),
    [
        ("a.html", "trafilatura", "html"),
        ("a.warc", "warcio.archiveiterator", "warc"),
        ("a.parquet", "pyarrow", "parquet"),
        ("a.txt.zst", "zstandard", "zstd"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: str, extra: str
) -> None:
    (tmp_path / name).write_bytes(b"words")
    monkeypatch.setitem(sys.modules, module, None)
    (item,) = read(tmp_path)
    assert isinstance(item, ReadError)
    assert f"pilotfacts[{extra}]" in item.error
