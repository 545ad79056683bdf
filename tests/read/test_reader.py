from __future__ import annotations

import gzip
import io
import json
import os
import threading
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
import zstandard

from pipeline.read.article import RawArticle, ReadError
from pipeline.read.inputs import InputFile, find_files
from pipeline.read.reader import Reader
from pipeline.read.rows import json_document
from pipeline.read.streams import in_utf8


def read(*paths: Path, published: date | None = None) -> list[RawArticle | ReadError]:
    return list(Reader(find_files([str(path) for path in paths]), published=published))


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def errors(items: list[RawArticle | ReadError]) -> list[tuple[str, str, str]]:
    return [(item.doc_id, item.source, item.error) for item in items if isinstance(item, ReadError)]


def test_a_text(tmp_path: Path) -> None:
    path = write(tmp_path / "Harbour news.txt", b"\xef\xbb\xbfA port\r\nopened.")
    assert read(path, published=date(2024, 5, 1)) == [
        RawArticle(
            "Harbour-news",
            "A port\nopened.",
            "Harbour news.txt",
            encoding="utf-8-sig",
            default_published=date(2024, 5, 1),
        )
    ]


def test_a_text_and_a_page_with_a_stray_byte_are_noted(tmp_path: Path) -> None:
    words = b"The port\xe2\x80\x99s \xe2\x80\x9cfirst\xe2\x80\x9d ship came in on Monday\x93 morning."
    write(tmp_path / "a.txt", words)
    write(tmp_path / "b.html", b"<p>" + words)
    for item in read(tmp_path):
        assert isinstance(item, RawArticle)
        assert (item.text, item.encoding) == ("The port’s “first” ship came in on Monday\ufffd morning.", "utf-8")
        assert item.notes == ("1 byte is not UTF-8 and shown as \ufffd",)


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        {"id": "../x", "text": "One\r\ntwo", "published": "2024-01-11", "authors": ["Li Na", "Wu Bo"], "other": 1},
        {
            "text": "Three",
            "title": "T",
            "published": "2024-01-11T08:00:00+08:00",
            "publisher": "P",
            "url": "https://u/",
        },
    ]
    path = write(tmp_path / "news.jsonl", "\ufeff" + "\n\n".join(map(json.dumps, rows)) + "\n")
    assert read(path) == [
        RawArticle("x", "One\ntwo", "news.jsonl:1", None, date(2024, 1, 11), ("Li Na", "Wu Bo"), None, None, "utf-8"),
        RawArticle("news-3", "Three", "news.jsonl:3", "T", date(2024, 1, 11), (), "P", "https://u/", "utf-8"),
    ]


def test_a_broken_line_harms_no_other(tmp_path: Path) -> None:
    lines = [
        '{"text": "One"}',
        '{"text": "Tw',
        "[]",
        '{"text": 5}',
        '{"title": "no text"}',
        b"\xff\xfe".decode("latin-1"),
    ]
    lines += [
        "[" * 5000,
        '{"text": "Last"}',
    ]
    items = read(write(tmp_path / "a.jsonl", "\n".join(lines)))
    assert [item.text for item in items if isinstance(item, RawArticle)] == ["One", "Last"]
    told = errors(items)
    assert [source for _, source, _ in told] == [f"a.jsonl:{number}" for number in range(2, 8)]
    assert [doc_id for doc_id, _, _ in told] == [f"a-{number}" for number in range(2, 8)]
    for (_, _, error), words in zip(
        told,
        [
            "broken JSON line",
            "not an object",
            "no text",
            "no text",
            "broken JSON",
            "nested too deeply",
        ],
        strict=True,
    ):
        assert words in error
        assert "\n" not in error


@pytest.mark.parametrize(
    ("given", "doc_id", "note"),
    [
        ("mine", "mine", ""),
        (7, "7", ""),
        (5.0, "5", ""),
        (5.5, "a-1", "id is not a text or a whole number and left out: 5.5"),
        (True, "a-1", "id is not a text or a whole number and left out: True"),
        (float("inf"), "a-1", "id is not a text or a whole number and left out: inf"),
        (["x"], "a-1", "id is not a text or a whole number and left out: ['x']"),
        (float("nan"), "a-1", ""),
        (None, "a-1", ""),
        ("", "a-1", ""),
    ],
)
def test_an_id_is_a_text_or_a_whole_number(tmp_path: Path, given: object, doc_id: str, note: str) -> None:
    (item,) = read(write(tmp_path / "a.jsonl", json.dumps({"id": given, "text": "A port opened."})))
    assert isinstance(item, RawArticle)
    assert (item.doc_id, item.notes) == (doc_id, (note,) if note else ())


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("published", "yesterday"),
        ("published", "2024-13-45"),
        ("published", 20),
        ("authors", {"a": 1}),
        ("authors", [1]),
        ("title", 5),
        ("publisher", ["x"]),
        ("url", False),
    ],
)
def test_bad_metadata_is_noted_and_the_article_kept(tmp_path: Path, field: str, value: object) -> None:
    (item,) = read(write(tmp_path / "a.jsonl", json.dumps({"text": "A port opened.", field: value})))
    assert isinstance(item, RawArticle)
    assert not getattr(item, field)
    (note,) = item.notes
    assert note.startswith(f"{field} is not ")
    assert repr(value) in note


def test_a_row_that_fails_keeps_its_id(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", '{"id": "mine", "text": ""}\n{"id": [1]}\n')
    write(tmp_path / "b.csv", "id,text\ntheirs,\n,\n")
    assert [doc_id for doc_id, _, _ in errors(read(tmp_path))] == ["mine", "a-2", "theirs", "b-3"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-16-le"])
@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.jsonl", '{"text": "One, 商务部"}\n{"text": "Two 🚢"}\n'),
        ("a.json", '[{"text": "One, 商务部"},\n{"text": "Two 🚢"}]\n'),
        ("a.csv", 'text\r\n"One, 商务部"\r\nTwo 🚢\r\n'),
        ("a.tsv", "text\nOne, 商务部\nTwo 🚢\n"),
    ],
)
def test_tables_in_other_encodings(tmp_path: Path, name: str, table: str, encoding: str) -> None:
    items = read(write(tmp_path / name, table.encode(encoding)))
    assert [(item.text, item.encoding) for item in items if isinstance(item, RawArticle)] == [
        ("One, 商务部", encoding),
        ("Two 🚢", encoding),
    ]


@pytest.mark.parametrize("end", ["\r\n", ""])
@pytest.mark.parametrize(("encoding", "words"), [("gb18030", "He said “商务部” twice"), ("cp1252", "A café – “fine”")])
def test_tables_as_spreadsheets_save_them(tmp_path: Path, encoding: str, words: str, end: str) -> None:
    table = f"text\r\nplain\r\n{words}{end}"
    items = read(write(tmp_path / "a.csv", table.encode(encoding)))
    assert [(item.text, item.encoding) for item in items if isinstance(item, RawArticle)] == [
        ("plain", encoding),
        (words, encoding),
    ]


@pytest.mark.parametrize(("encoding", "told"), [("utf-8", "utf-8"), ("gb18030", "gb18030")])
def test_a_long_line_cut_in_a_character_does_not_change_the_encoding(encoding: str, told: str) -> None:
    for shift in range(4):
        data = json.dumps({"text": "x" * shift + "商务部 said “yes”, " * 100_000}, ensure_ascii=False).encode(encoding)
        assert in_utf8(io.BytesIO(data))[1] == told


@pytest.mark.parametrize(("name", "line"), [("a.jsonl", '{{"text": "{} – fine"}}'), ("a.csv", "{} – fine")])
def test_a_damaged_line_fails_alone(tmp_path: Path, name: str, line: str) -> None:
    lines = [line.format(number).encode() for number in range(1, 10)]
    lines[3] = lines[3].replace("–".encode(), b"\x96")
    items = read(write(tmp_path / name, b"\n".join([b"text", *lines] if name == "a.csv" else lines)))
    assert [item.text[0] for item in items if isinstance(item, RawArticle)] == list("12356789")
    ((_, source, error),) = errors(items)
    assert source == ("a.csv:5" if name == "a.csv" else "a.jsonl:4")
    assert "UTF-8" in error


def test_a_table_in_another_encoding_is_read_as_a_stream() -> None:
    """Pieces end in the middle of characters, and no piece is the whole."""
    lines = "".join(json.dumps({"text": f"{number} 🚢 商务部"}, ensure_ascii=False) + "\n" for number in range(60_000))
    asked: list[int] = []

    class Stream(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(size or -1)
            return super().read(size)

    recoded, encoding = in_utf8(Stream(lines.encode("utf-16")))
    assert recoded.read().decode() == lines
    assert encoding == "utf-16"
    assert min(asked) > 0
    assert len(asked) > 4


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv"])
def test_a_table_that_is_cut_in_a_character_is_told_once(tmp_path: Path, name: str) -> None:
    table = 'text\n"{""text"": ""One""}"\n' if name == "a.csv" else '{"text": "One"}\n'
    items = read(write(tmp_path / name, table.encode("utf-16") + b"\0"))
    ((_, source, error),) = errors(items)
    assert source == name
    assert "begins as utf-16" in error


@pytest.mark.parametrize("nested", ["[" * 100_000 + "]" * 100_000, '{"a":' * 100_000 + "1" + "}" * 100_000])
def test_json_that_is_nested_too_deeply(tmp_path: Path, nested: str) -> None:
    ((_, _, error),) = errors(read(write(tmp_path / "a.json", nested)))
    assert "nested too deeply" in error


@pytest.mark.parametrize(
    "text",
    [
        '[{"text": "a"}, {"text": "b"}]',
        '[\n  {"text": "a"},\n  {"text": "b"}\n]\n',
        '{"text": "a"}\n{"text": "b"}',
        '\ufeff {"text": "a"} {"text": "b"} ',
    ],
)
def test_json_documents(tmp_path: Path, text: str) -> None:
    items = read(write(tmp_path / "a.json", text))
    assert [(item.doc_id, item.text) for item in items if isinstance(item, RawArticle)] == [("a-1", "a"), ("a-2", "b")]


def test_a_large_json_document_is_read_in_linear_time() -> None:
    rows = [{"text": "word " * 40_000 + str(number)} for number in range(20)]
    found = [row for _, row in json_document(io.BytesIO(json.dumps(rows).encode()))]
    assert found == rows


def test_a_broken_json_document_is_told_once(tmp_path: Path) -> None:
    items = read(write(tmp_path / "a.json", '[{"text": "a"}, {"text": "b"'))
    assert [item.text for item in items if isinstance(item, RawArticle)] == ["a"]
    assert [source for _, source, _ in errors(items)] == ["a.json:2"]


def test_csv(tmp_path: Path) -> None:
    table = 'id,published,text,authors,extra\n7,2024-02-03,"One,\n""two""",Li Na; Wu Bo,x\n,,Three,,\n'
    assert read(write(tmp_path / "t.csv", "\ufeff" + table)) == [
        RawArticle("7", 'One,\n"two"', "t.csv:3", None, date(2024, 2, 3), ("Li Na", "Wu Bo"), encoding="utf-8"),
        RawArticle("t-4", "Three", "t.csv:4", encoding="utf-8"),
    ]


@pytest.mark.parametrize(
    ("broken", "left", "words"),
    [
        ('2,"bad" quote', "one three four", "broken CSV row: ',' expected after '\"'"),
        ('2,"bad\nlonger" quote', "one three four", "broken CSV row from line 3 to 4"),
        ('2,"never closed', "one", "from line 3 to 5, all taken as one: unexpected end of data; close its quotes"),
        (f"2,{'x' * 3000}", "one three four", "broken CSV row: longer than"),
        ('2,"' + "x\n" * 1010 + '"', "one", "from line 3 to 1001, all taken as one: longer than"),
        ("2" + ',"x\ny"' * 400, "one three four", "all taken as one: longer than"),
    ],
)
def test_a_broken_row_of_a_csv_harms_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str, left: str, words: str
) -> None:
    monkeypatch.setattr("pipeline.read.bounded.LONGEST", 2000)
    items = read(write(tmp_path / "a.csv", f"id,text\n1,one\n{broken}\n3,three\n4,four\n"))
    assert [item.text for item in items if isinstance(item, RawArticle) and item.text.isalpha()] == left.split()
    (doc_id, source, error), *_ = errors(items)
    assert (doc_id, source) == ("a-3", "a.csv:3")
    assert words in error


@pytest.mark.parametrize("end", ["\n", ""])
def test_a_line_that_is_too_long_is_told_and_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr("pipeline.read.bounded.LONGEST", 1 << 17)
    lines = ['{"text": "One"}', json.dumps({"text": "x" * (1 << 17)}), '{"text": "Two"}', '{"text": "' + "x" * 999_999]
    items = read(write(tmp_path / "a.jsonl", "\n".join(lines) + end))
    assert [item.text for item in items if isinstance(item, RawArticle)] == ["One", "Two"]
    assert [(doc_id, source) for doc_id, source, _ in errors(items)] == [("a-2", "a.jsonl:2"), ("a-4", "a.jsonl:4")]
    assert all("longer than" in error for _, _, error in errors(items))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "b.csv"])
def test_an_endless_line_takes_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """64 MB of one line, of which a megabyte may be held."""
    monkeypatch.setattr("pipeline.read.bounded.LONGEST", 1 << 20)
    begin = {"a.jsonl": b'{"text": "', "a.csv": b'text\n"', "b.csv": b"text,"}[name]
    write(tmp_path / f"{name}.gz", gzip.compress(begin + b"x" * (1 << 26), 1))
    tracemalloc.start()
    ((_, _, error),) = errors(read(tmp_path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "longer than" in error
    assert peak < 16 << 20


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"title,body\nx,y\n", "no column is called text"),
        ("a.csv", b'text,"never closed\n', "broken CSV in its first line"),
        ("a.csv", b"text\n", "empty"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.jsonl", b"\n", "empty"),
        ("a.json", b"", "empty"),
        ("a.txt", b"\x00\x01\x02" * 99, "binary"),
        ("a.txt.gz", b"not packed", "damaged gzip"),
        ("a.txt.gz", gzip.compress(b"words " * 999)[:-20], "damaged gzip"),
        ("a.txt.zst", b"not packed", "damaged zstd"),
        ("a.txt.zst", zstandard.compress(bytes(range(32, 127)) * 99)[:-9], "damaged zstd"),
        ("a.parquet", b"not a table", "broken Parquet"),
        ("a.warc", b"not an archive", "broken web archive"),
        ("a.warc", b"", "no page found"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 1\r\n\r\na\r\n\r\n", "no page found"),
        ("a.html", b"", "no main text"),
        ("a.html", b"<html><body><script>go()</script></body></html>", "no main text"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_one_line(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    write(tmp_path / name, data)
    write(tmp_path / "good.txt", "Words.")
    items = read(tmp_path)
    assert [item.text for item in items if isinstance(item, RawArticle)] == ["Words."]
    ((_, source, error),) = errors(items)
    assert source == name
    assert words in error
    assert "\n" not in error


def test_an_unreadable_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "a.txt", "Words.")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    files = find_files([str(path)])
    monkeypatch.setattr(Path, "open", refuse)
    assert errors(list(Reader(files))) == [("a", "a.txt", "Permission denied: check that the file can be read")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b'{"text": "One"}\n{"text": "Two"}\n', [("stdin-1", "-:1"), ("stdin-2", "-:2")]),
        (b"\n\nA port opened.\nIt is new.\n", [("stdin", "-")]),
        (b"[Photo] A port opened.", [("stdin", "-")]),
        ('{"text": "One"}\n{"text": "Two"}\n'.encode("utf-16"), [("stdin-1", "-:1"), ("stdin-2", "-:2")]),
        ("A port opened.".encode("utf-16"), [("stdin", "-")]),
        (b'[{"text": "One"},\n{"text": "Two"}]', [("stdin-1", "-:1"), ("stdin-2", "-:2")]),
        (b'\n[\n  {"text": "One"}, {"text": "Two"}\n]\n', [("stdin-1", "-:1"), ("stdin-2", "-:2")]),
        (b'{\n  "text": "One",\n  "id": "mine"\n}\n', [("mine", "-:1")]),
        (b'{"id": "mine",\n "text": "One"}\n{"text": "Two"}', [("mine", "-:1"), ("stdin-2", "-:2")]),
        (b'\n\n{"text": "One"}\n\n{"text": "Two"}\n', [("stdin-3", "-:3"), ("stdin-5", "-:5")]),
        (gzip.compress(b'{"text": "One"}\n'), [("stdin-1", "-:1")]),
        (zstandard.compress(b"A port opened."), [("stdin", "-")]),
        (b"{Photo: Li Na} A port opened.\nIt is new.", [("stdin", "-")]),
        (b'{"A port opened," he said.}\nIt is new.', [("stdin", "-")]),
        (b"A", [("stdin", "-")]),
    ],
)
def test_standard_input(monkeypatch: pytest.MonkeyPatch, data: bytes, expected: list[tuple[str, str]]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    items = list(Reader(find_files(["-"])))
    assert [(item.doc_id, item.source) for item in items] == expected
    assert all(isinstance(item, RawArticle) for item in items)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b'{"text": "cut\n', "broken JSON line"),
        (b'[{"text": "cut"', "broken JSON"),
        (gzip.compress(b"A port opened.")[:-5], "damaged packed file"),
        (b"", "empty"),
    ],
)
def test_standard_input_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, data: bytes, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
    ((_, _, error),) = errors(list(Reader(find_files(["-"]))))
    assert words in error


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("63", b"A port opened.", [("63", "63")]),
        ("63", gzip.compress(b'{"text": "One"}'), [("63-1", "63:1")]),
        ("a.txt", b'{"text": "One"}', [("a", "a.txt")]),
        ("a.jsonl.gz", gzip.compress(b'{"text": "One"}'), [("a-1", "a.jsonl.gz:1")]),
    ],
)
def test_a_named_pipe(tmp_path: Path, name: str, data: bytes, expected: list[tuple[str, str]]) -> None:
    os.mkfifo(tmp_path / name)
    threading.Thread(target=(tmp_path / name).write_bytes, args=(data,), daemon=True).start()
    write(tmp_path / "z" / "b.txt", "Words.")
    reader = Reader(find_files([str(tmp_path / name), str(tmp_path / "z")]))
    told = [(item.doc_id, item.source, reader.share is not None) for item in reader]
    assert told == [*((*one, True) for one in expected), ("b", "b.txt", True)]


def test_the_pipe_of_a_shell(tmp_path: Path) -> None:
    """As in ``<(cat a.txt)``: a link to what has no path."""
    end, start = os.pipe()
    os.write(start, b"A port opened.")
    os.close(start)
    (item,) = Reader(find_files([f"/dev/fd/{end}"]))
    os.close(end)
    assert isinstance(item, RawArticle)
    assert item.text == "A port opened."


def test_the_share_that_was_read(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "a" * 100)
    write(tmp_path / "b.txt", "b" * 300)
    reader = Reader(find_files([str(tmp_path)]))
    assert [reader.share for _ in reader] == [0.25, 1.0]
    assert Reader([InputFile("-", "stdin")]).share is None
