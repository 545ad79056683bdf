from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.read.inputs import InputError, find_files, kind_of


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Some words.")


def found(*inputs: str | Path) -> list[str]:
    return [file.name for file in find_files([str(one) for one in inputs])]


def test_a_folder_is_read_recursively(tmp_path: Path) -> None:
    touch(tmp_path, "b.txt", "a/x.html", "a/deep/y.jsonl.gz", "z.warc", "notes.docx", ".hidden.txt", ".git/a.txt")
    assert found(tmp_path) == ["a/deep/y.jsonl.gz", "a/x.html", "b.txt", "z.warc"]


def test_names_are_those_below_the_folder_that_holds_all(tmp_path: Path) -> None:
    touch(tmp_path, "one/a.txt", "two/a.txt", "two/b.txt")
    assert found(tmp_path / "one", tmp_path / "two") == ["one/a.txt", "two/a.txt", "two/b.txt"]
    assert found(tmp_path / "two" / "b.txt") == ["b.txt"]
    assert found(tmp_path / "two" / "b.txt", tmp_path / "one" / "a.txt") == ["one/a.txt", "two/b.txt"]


def test_a_file_counts_once_and_the_order_does_not_count(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "b.txt")
    assert found(tmp_path / "b.txt", tmp_path, tmp_path / "a.txt") == found(tmp_path) == ["a.txt", "b.txt"]


def test_globs(tmp_path: Path) -> None:
    touch(tmp_path, "2023/a.txt", "2024/b.txt", "2024/c.pdf", "2024/sub/d.txt")
    assert found(f"{tmp_path}/20*/*.txt") == ["2023/a.txt", "2024/b.txt"]
    assert found(f"{tmp_path}/**/*.txt") == ["2023/a.txt", "2024/b.txt", "2024/sub/d.txt"]


def test_an_odd_name_is_read_as_text_when_it_is_named(tmp_path: Path) -> None:
    touch(tmp_path, "README", "[1].txt")
    assert found(tmp_path / "README") == ["README"]
    assert found(tmp_path / "[1].txt") == ["[1].txt"]


def run_in(folder: Path) -> None:
    """What a run leaves in a folder."""
    touch(folder, "texts/a.txt", "claims.csv", "records.jsonl", "articles.parquet", "reviewed/claims.csv")
    (folder / "run.json").write_text('{\n  "pilotfacts": "0.1.0"}')


def test_runs_of_earlier_times_are_no_articles(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "run.json", "out2/.ledger/x", "out2/texts/a.txt", "out2/more.txt", "claims.csv")
    run_in(tmp_path / "out")
    assert found(tmp_path) == found(f"{tmp_path}/**") == ["a.txt", "claims.csv", "run.json"]
    assert found(f"{tmp_path}/**/*.txt") == ["a.txt"]


def test_what_a_run_wrote_beside_its_input_is_no_article(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt", "monday.csv", "sub/claims.csv")
    before = found(tmp_path)
    run_in(tmp_path)
    assert found(tmp_path) == found(f"{tmp_path}/*") == before == ["a.txt", "monday.csv", "sub/claims.csv"]
    assert found(f"{tmp_path}/*.txt") == found(f"{tmp_path}/**/*.txt") == ["a.txt"]


def test_what_a_run_wrote_is_read_where_it_is_named(tmp_path: Path) -> None:
    run_in(tmp_path)
    assert found(tmp_path / "texts") == found(tmp_path / "texts/a.txt") == found(f"{tmp_path}/texts/*") == ["a.txt"]
    with pytest.raises(InputError, match="is the folder of a run: give the folder that its articles are in"):
        found(tmp_path)


@pytest.mark.parametrize("given", ["", "/*", "/**/*.txt"])
def test_the_output_below_an_input_is_passed_over_before_a_run_is_in_it(tmp_path: Path, given: str) -> None:
    touch(tmp_path, "a.txt", "out/b.txt")
    files = find_files([f"{tmp_path}{given}"], output=tmp_path / "out")
    assert [file.name for file in files] == ["a.txt"]
    assert len(find_files([f"{tmp_path}{given}"], output=tmp_path)) == 2


def test_a_link_that_leads_nowhere_or_round_is_left_out(tmp_path: Path) -> None:
    touch(tmp_path, "a.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert found(tmp_path) == ["a.txt"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("a.TXT", "text"),
        ("a.htm", "html"),
        ("a.jsonl.zst", "jsonl"),
        ("a.warc.gz", "warc"),
        ("a.tsv", "csv"),
        ("a.pdf", None),
        ("a.gz", None),
    ],
)
def test_kind_of(name: str, kind: str | None) -> None:
    assert kind_of(Path(name)) == kind


@pytest.mark.parametrize(
    ("name", "words"),
    [("nowhere.txt", "does not exist"), ("empty", "has no articles"), ("*.md", "matches no articles")],
)
def test_what_is_not_there_is_told(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=words) as error:
        found(tmp_path / name)
    assert name in str(error.value)


def test_a_path_that_is_too_long_is_told_in_short(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"… can.t be looked at .File name too long.: check the path") as error:
        found("x" * 5000)
    assert len(str(error.value)) < 300


def test_names_that_are_no_text_are_shown_all_the_same(tmp_path: Path) -> None:
    touch(tmp_path, "a\nb.txt", "caf\udce9.txt", "caf\udce8.txt")
    assert found(tmp_path) == ["a\ufffdb.txt", "caf\ufffd.txt", "caf\ufffd.txt"]
