from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.write.files import replacing, sweep, write_text


def test_all_files_are_replaced_together(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("old")
    with replacing(one, two) as (first, second):
        first.write(b"new")
        second.write(b"also new")
        assert one.read_text() == "old"
    assert (one.read_text(), two.read_text()) == ("new", "also new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "two"]


def test_after_an_error_what_was_there_stays(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_text("old")

    def fail() -> None:
        with replacing(path) as (stream,):
            stream.write(b"half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_text_keeps_its_line_ends_and_is_written_once(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_text(path, "One\n\u2028Two\x0b习")
    before = path.stat().st_mtime_ns
    write_text(path, "One\n\u2028Two\x0b习")
    assert path.read_bytes() == "One\n\u2028Two\x0b习".encode()
    assert path.stat().st_mtime_ns == before


def test_sweep(tmp_path: Path) -> None:
    (tmp_path / ".a.csv.partial").touch()
    (tmp_path / "a.csv").touch()
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
