"""Whatever dies, fills up or gets stuck: nothing is lost or doubled, and the tables are those of a quiet run."""

from __future__ import annotations

import csv
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.run.material import write_articles

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

POISON = Path(__file__).parent / "poison"
#: How often the driver is killed in a row; more of it by hand: KILLS=30.
KILLS = int(os.environ.get("KILLS", "2"))
#: With more of it one process is tried too where it makes little difference.
JOBS = [1, 2] if "KILLS" in os.environ else [2]
#: Seconds that one command may take, many times what it does; what hangs is killed and told.
LONGEST = 120


def start(*arguments: object, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """Start `pilotfacts extract` in a process of its own, with poison on its path."""
    path = os.pathsep.join([str(POISON), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline.cli", "extract", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509
    )


def finish(*arguments: object, before: Callable[[], None] | None = None) -> tuple[int, str]:
    """Run `pilotfacts extract` to its end: exit code, and what it said on standard error."""
    return end(start(*arguments, before=before))


def end(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for `process`; one that hangs is killed, so that it is no burden to what comes after."""
    try:
        _, told = process.communicate(timeout=LONGEST)
    finally:
        process.kill()
    return process.returncode, told


def tables(run: Path) -> dict[str, bytes]:
    paths = [path for path in run.rglob("*") if path.is_file() and ".ledger" not in path.parts]
    return {path.relative_to(run).as_posix(): path.read_bytes() for path in paths if path.name != "run.json"}


def errors(run: Path) -> list[tuple[str, str]]:
    with (run / "errors.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["doc_id"], row["error"]) for row in csv.DictReader(stream)]


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes]]:
    """Articles, and the tables of an undisturbed run over them."""
    folder = tmp_path_factory.mktemp("quiet")
    articles = write_articles(folder / "articles", 40)
    code, told = finish(articles, "-o", folder / "run", "--jobs", 2)
    assert code == 0, told
    return articles, tables(folder / "run")


def state_of(pid: int) -> str:
    """R for one that runs, Z for one that is dead and not buried, nothing for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return ""


def workers_of(pid: int) -> list[int]:
    """The processes below `pid` that do articles: all that import the worker, which loky's tracker doesn't."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
            command = (path / "cmdline").read_text()
        except (OSError, ValueError):
            continue
        if parent == pid and "resource_tracker" not in command:
            found.append(int(path.name))
    return found


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_driver_that_is_killed_again_and_again(
    quiet: tuple[Path, dict[str, bytes]], tmp_path: Path, jobs: int
) -> None:
    articles, expected = quiet
    chance = random.Random(jobs)
    for _ in range(KILLS):
        process = start(articles, "-o", tmp_path / "run", "--jobs", jobs)
        time.sleep(chance.uniform(0.1, 5))
        workers = workers_of(process.pid)
        process.kill()
        process.communicate(timeout=20)  # It ends when the last worker has let go of the pipe.
        assert not [pid for pid in workers if state_of(pid) not in {"", "Z"}]
    code, told = finish(articles, "-o", tmp_path / "run", "--jobs", jobs)
    assert code == 0, told
    assert tables(tmp_path / "run") == expected
    assert not list((tmp_path / "run").rglob("*.partial"))


def test_workers_that_are_killed(quiet: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    articles, expected = quiet
    chance = random.Random(5)
    process = start(articles, "-o", tmp_path / "run", "--jobs", 2)
    killed = 0
    while process.poll() is None and killed < 2:
        time.sleep(chance.uniform(0.2, 1.5))
        for pid in workers_of(process.pid)[:1]:
            os.kill(pid, signal.SIGKILL)
            killed += 1
    code, told = end(process)
    assert killed
    assert code == 0, told
    assert tables(tmp_path / "run") == expected


def poisoned(folder: Path, **poison: str) -> Path:
    write_articles(folder, 12, length=800)
    for name, word in poison.items():
        (folder / f"{name}.txt").write_text(f"A bridge opened in Wuhan on Monday. {word} It is 300 metres long.\n")
    return folder


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of the same articles without the poisonous ones."""
    folder = tmp_path_factory.mktemp("clean")
    assert finish(poisoned(folder / "articles"), "-o", folder / "run")[0] == 0
    return without_errors(folder / "run")


def without_errors(run: Path) -> dict[str, bytes]:
    return {name: data for name, data in tables(run).items() if name != "errors.csv"}


def test_an_article_that_kills_its_worker(clean: dict[str, bytes], tmp_path: Path) -> None:
    articles = poisoned(tmp_path / "articles", poison="KILLSITSWORKER")
    code, told = finish(articles, "-o", tmp_path / "run", "--jobs", 2)
    assert code == 3, told
    ((doc_id, error),) = errors(tmp_path / "run")
    assert doc_id == "poison"
    assert "killed its worker" in error
    assert without_errors(tmp_path / "run") == clean


def test_an_article_that_kills_the_only_process(tmp_path: Path) -> None:
    """With one job the run itself dies; it goes on when it is run again, and the third time takes care."""
    articles = poisoned(tmp_path / "articles", poison="KILLSITSWORKER")
    codes = [finish(articles, "-o", tmp_path / "run")[0] for _ in range(3)]
    assert codes == [-signal.SIGKILL, -signal.SIGKILL, 3]
    assert [doc_id for doc_id, _ in errors(tmp_path / "run")] == ["poison"]
    assert len(tables(tmp_path / "run")["articles.csv"].splitlines()) == 13


@pytest.mark.parametrize("jobs", JOBS)
def test_articles_that_take_for_ever_or_fail(clean: dict[str, bytes], tmp_path: Path, jobs: int) -> None:
    articles = poisoned(tmp_path / "articles", a="SLEEPSFOREVER", b="SPINSFOREVER", c="RAISES")
    code, told = finish(articles, "-o", tmp_path / "run", "--jobs", jobs, "--timeout", 3)
    assert code == 3, told
    assert errors(tmp_path / "run") == [
        ("a", "took longer than 3 s: try it with a longer --timeout"),
        ("b", "took longer than 3 s: try it with a longer --timeout"),
        ("c", "ValueError: a rule that fails"),
    ]
    assert without_errors(tmp_path / "run") == clean


def test_an_article_that_never_comes_back_from_compiled_code(clean: dict[str, bytes], tmp_path: Path) -> None:
    articles = poisoned(tmp_path / "articles", poison="NEVERCOMESBACK")
    code, told = finish(articles, "-o", tmp_path / "run", "--jobs", 2, "--timeout", 1)
    assert code == 3, told
    ((doc_id, error),) = errors(tmp_path / "run")
    assert doc_id == "poison"
    assert "killed its worker" in error
    assert without_errors(tmp_path / "run") == clean


@pytest.mark.parametrize("jobs", JOBS)
def test_a_disk_that_is_full(quiet: tuple[Path, dict[str, bytes]], tmp_path: Path, jobs: int) -> None:
    """No file may grow beyond a limit, which to a program is the same as a full disk."""
    articles, expected = quiet

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))

    code, told = finish(articles, "-o", tmp_path / "run", "--jobs", jobs, before=limit)
    assert code == 2, told
    assert len(told.splitlines()) == 1
    assert "make room" in told
    code, told = finish(articles, "-o", tmp_path / "run", "--jobs", jobs)
    assert code == 0, told
    assert tables(tmp_path / "run") == expected


def test_two_runs_on_one_folder(quiet: tuple[Path, dict[str, bytes]], tmp_path: Path) -> None:
    articles, expected = quiet
    first = start(articles, "-o", tmp_path / "run")
    while not (tmp_path / "run" / ".ledger" / "holder.json").exists() and first.poll() is None:
        time.sleep(0.05)
    code, told = finish(articles, "-o", tmp_path / "run")
    assert code == 2
    assert f"in use by another run (process {first.pid}" in told
    code, told = finish(articles, "-o", tmp_path / "run", "--fresh")
    assert code == 2
    first.kill()
    first.communicate(timeout=20)
    code, told = finish(articles, "-o", tmp_path / "run")
    assert code == 0, told
    assert tables(tmp_path / "run") == expected
