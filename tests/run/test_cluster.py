"""A dask cluster of real processes on loopback, of which one dies in the middle."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.run.decided import Decided
from pipeline.run.engine import EngineError, engine_of
from pipeline.run.worker import Task
from tests.run.material import write_articles
from tests.run.test_faults import POISON, end, errors, finish, poisoned, start, tables

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def dask(*arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(POISON), "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
    with (folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb") as log:
        return subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2], stdout=log, stderr=log)


class Cluster(NamedTuple):
    """A scheduler and where it is, and two workers of two threads, each with the nanny that starts it anew."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    port = free_port()
    address = f"tcp://127.0.0.1:{port}"
    logs = tmp_path / "logs"
    logs.mkdir()
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", folder=logs)
    options = ("--nthreads", "2", "--no-dashboard", "--local-directory", str(tmp_path / "dask"))
    workers = [dask("worker", address, *options, folder=logs) for _ in range(2)]
    yield Cluster(address, scheduler, workers)
    for worker in workers:
        for pid in children(worker.pid):
            os.kill(pid, signal.SIGKILL)
    for process in [*workers, scheduler]:
        process.kill()
        process.wait(20)


def children(pid: int) -> list[int]:
    """The processes below `pid`; none where it is dead already."""
    if not Path(f"/proc/{pid}").exists():
        return []
    return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def worker_of(nanny: subprocess.Popen[bytes]) -> int:
    """The process below a nanny that does the work: the youngest one."""
    return max(children(nanny.pid))


def start_on(address: str, articles: Path, run: Path) -> subprocess.Popen[str]:
    """A run on the cluster that has written its first shard, and is in the middle of others."""
    process = start(articles, "-o", run, "--engine", "dask", "--address", address)
    shards = run / ".ledger" / "shards"
    deadline = time.monotonic() + 60
    while not list(shards.glob("*.shard")) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None, end(process)
    return process


def test_a_worker_dies_in_the_middle(cluster: Cluster, tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles", 60)
    assert finish(articles, "-o", tmp_path / "local", "--jobs", 2)[0] == 0
    process = start_on(cluster.address, articles, tmp_path / "run")
    os.kill(worker_of(cluster.workers[0]), signal.SIGKILL)
    code, told = end(process)
    assert code == 0, told
    assert tables(tmp_path / "run") == tables(tmp_path / "local")


def test_the_scheduler_goes_in_the_middle(cluster: Cluster, tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles", 60)
    process = start_on(cluster.address, articles, tmp_path / "run")
    cluster.scheduler.kill()
    code, told = end(process)
    assert code == 2, told
    assert len(told.splitlines()) == 1, told
    assert "has gone" in told
    assert finish(articles, "-o", tmp_path / "run", "--jobs", 2)[0] == 0
    assert finish(articles, "-o", tmp_path / "local", "--jobs", 2)[0] == 0
    assert tables(tmp_path / "run") == tables(tmp_path / "local")


def test_a_scheduler_that_has_gone_is_told_at_any_call(cluster: Cluster) -> None:
    engine = engine_of("dask", jobs=1, address=cluster.address)()
    task = Task("none", Path(), (), Decided("", "", "", "", ""), 1.0)
    try:
        assert engine.slots > 0
        cluster.scheduler.kill()
        cluster.scheduler.wait(20)
        for call in (lambda: engine.slots, engine.restart, lambda: engine.submit(task)):
            with pytest.raises(EngineError, match=f"{cluster.address} has gone"):
                call()
    finally:
        engine.close()


def test_a_poisonous_article_fails_alone(cluster: Cluster, tmp_path: Path) -> None:
    address = cluster.address
    articles = poisoned(tmp_path / "articles", poison="KILLSITSWORKER")
    code, told = finish(articles, "-o", tmp_path / "run", "--engine", "dask", "--address", address)
    assert code == 3, told
    assert [doc_id for doc_id, _ in errors(tmp_path / "run")] == ["poison"]
    assert len(tables(tmp_path / "run")["articles.csv"].splitlines()) == 13


def test_a_scheduler_that_is_not_there(tmp_path: Path) -> None:
    articles = write_articles(tmp_path / "articles", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    code, told = finish(articles, "-o", tmp_path / "run", "--engine", "dask", "--address", address)
    assert code == 2
    assert len(told.splitlines()) == 1
    assert "check --address" in told
