"""Who dies, who is asked again, and who is left out: with an engine that dies as it is told to."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path

import pytest

from pipeline.read.article import RawArticle
from pipeline.run.decided import Decided
from pipeline.run.execute import Executor
from pipeline.run.ledger import Ledger
from pipeline.run.shard import Result, write_shard
from pipeline.run.worker import Outcome, Task

DECIDED = Decided("1", "model", "", "", "")


class Dead(Exception):  # noqa: N818
    """A worker died."""


class Engine:
    """Does tasks at once; one with a killer in it takes everything with it that is under way."""

    same_process = False
    deaths = 3
    slots = 4

    def __init__(self, killers: dict[str, int]) -> None:
        self.killers = killers
        self.restarts = 0
        self.done: list[str] = []
        self.broken = False

    def submit(self, task: Task) -> Future[Outcome]:
        future: Future[Outcome] = Future()
        keys = [key for key, _ in task.articles]
        killer = next((key for key in keys if self.killers.get(key, 0) > 0), None)
        if killer and not self.broken:
            self.killers[killer] -= 1
            self.broken = True
        if self.broken:
            future.set_exception(Dead())
            return future
        write_shard(task.path, [Result(key, "{}", "{}", {}, "", 1, b"") for key in keys])
        self.done += keys
        future.set_result(Outcome(len(keys), 0, len(keys), 0.0))
        return future

    def died(self, error: BaseException) -> bool:
        return isinstance(error, Dead)

    def restart(self) -> None:
        self.broken = False
        self.restarts += 1

    def close(self) -> None:
        pass


def execute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killers: dict[str, int]) -> tuple[Engine, Ledger, int]:
    engine = Engine(killers)
    ledger = Ledger(tmp_path)
    ledger.begin(DECIDED)
    keys = [f"k{number}" for number in range(20)]
    articles = [tuple((key, RawArticle(key, "words")) for key in keys[i : i + 4]) for i in range(0, 20, 4)]
    tasks = [Task(ledger.name_of([key for key, _ in one]), ledger.shards, one, DECIDED, 1.0) for one in articles]
    outcomes: list[Outcome] = []
    executor = Executor(ledger, lambda: engine, outcomes.append)
    monkeypatch.setattr(executor, "_apart_engine", lambda: engine)
    executor.run(tasks)
    assert all(ledger.known(key) for key in keys)
    return engine, ledger, sum(one.failed for one in outcomes)


def test_without_deaths_everything_is_done_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, ledger, failed = execute(tmp_path, monkeypatch, {})
    assert (sorted(engine.done), engine.restarts, failed) == (sorted(set(engine.done)), 0, 0)
    ledger.close()


@pytest.mark.parametrize("deaths", [1, 2, 3])
def test_an_article_that_dies_by_chance_is_done_in_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deaths: int
) -> None:
    engine, ledger, failed = execute(tmp_path, monkeypatch, {"k5": deaths})
    assert engine.done.count("k5") == 1
    assert failed == 0
    assert len(set(engine.done)) == 20
    ledger.close()


def test_an_article_that_always_kills_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, ledger, failed = execute(tmp_path, monkeypatch, {"k5": 99, "k13": 99})
    assert failed == 2
    assert set(engine.done) == {f"k{number}" for number in range(20)} - {"k5", "k13"}
    failure = ledger.failure_of("k13")
    assert failure is not None
    assert "killed its worker 3 times" in failure.error
    ledger.close()
