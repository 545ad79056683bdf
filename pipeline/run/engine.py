"""Where tasks are done: in this process, in others on this machine, on a cluster. One face for all three."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from typing import Any, Protocol, cast

from pipeline.run.worker import Outcome, Task, work


class EngineError(Exception):
    """There is nobody to do the work; the message says what to do."""


class Engine(Protocol):
    """Takes tasks and gives futures; `restart` after a death, `close` at the end."""

    #: Whether a death of the worker is the death of the run.
    same_process: bool
    #: How often an article that is alone may see its worker die, until it is taken for the reason.
    deaths: int

    @property
    def slots(self) -> int:
        """Tasks that are kept under way, so that no worker waits for one."""

    def submit(self, task: Task) -> Future[Outcome]:
        """Have `task` done."""

    def died(self, error: BaseException) -> bool:
        """Whether `error` says that a worker died, not that something is wrong with the work."""

    def restart(self) -> None:
        """Have living workers again."""

    def close(self) -> None:
        """Let the workers go."""


class Here:
    """Does every task at once, in this process."""

    same_process = True
    deaths = 1
    slots = 1

    def submit(self, task: Task) -> Future[Outcome]:
        """Do `task` before returning."""
        future: Future[Outcome] = Future()
        try:
            future.set_result(work(task))
        except Exception as error:
            future.set_exception(error)
        return future

    def died(self, error: BaseException) -> bool:
        """Nobody lives to tell."""
        return False

    def restart(self) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


class Processes:
    """Worker processes on this machine, by joblib's loky."""

    same_process = False
    deaths = 3

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self.slots = 2 * jobs
        self._executor = self._start()

    def _start(self) -> Any:
        from joblib.externals.loky import ProcessPoolExecutor

        # One thread a worker: they share the cores already.
        env = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        return ProcessPoolExecutor(self._jobs, initializer=end_with, initargs=(os.getpid(),), env=env)

    def submit(self, task: Task) -> Future[Outcome]:
        """Have `task` done by the next free worker."""
        with deaf():
            future: Future[Outcome] = self._executor.submit(work, task)
        return future

    def died(self, error: BaseException) -> bool:
        """When one worker dies, loky gives up all of them."""
        from joblib.externals.loky.process_executor import BrokenProcessPool

        return isinstance(error, BrokenProcessPool)

    def restart(self) -> None:
        """Start new workers."""
        self._executor.shutdown(wait=False, kill_workers=True)
        self._executor = self._start()

    def close(self) -> None:
        """Stop the workers, also in the middle of a task."""
        self._executor.shutdown(wait=False, kill_workers=True)


def end_with(driver: int) -> None:
    """Have this worker end when its driver does, also when that is killed and can't tell."""

    def watch() -> None:
        while os.getppid() == driver:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@contextmanager
def deaf() -> Iterator[None]:
    """Let a process that begins within the block never hear of Ctrl-C: its driver does, and ends it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Cluster:
    """The workers of a dask cluster; the run folder has to be on a file system that they share."""

    same_process = False
    deaths = 1  # Dask has tried it on several workers by then.

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise EngineError("--engine dask needs an extra: pip install 'pilotfacts[dask]'") from None
        for name in [*logging.root.manager.loggerDict]:
            if name.startswith("distributed"):  # Whatever is to be told is told by an error, in one line.
                logging.getLogger(name).setLevel(logging.CRITICAL)
        self._address = address
        try:
            self._client: Any = cast("Any", Client)(address, timeout=10)
            self._client.wait_for_workers(1, timeout=60)
        except (OSError, ValueError) as error:
            raise EngineError(f"no dask scheduler with a worker at {address} ({error}): check --address") from None

    @property
    def slots(self) -> int:
        """Two tasks a thread of the cluster, as it is now."""
        with self._reached():
            threads: dict[str, int] = self._client.nthreads()
        return 2 * max(1, sum(threads.values()))

    def submit(self, task: Task) -> Future[Outcome]:
        """Have `task` done somewhere; a worker that dies with it is tried elsewhere by dask itself."""
        with self._reached():
            return _wrapped(self._client.submit(work, task, pure=False))

    def died(self, error: BaseException) -> bool:
        """Dask gives a task up that several workers died of."""
        from distributed import KilledWorker

        return isinstance(error, KilledWorker | CancelledError)

    def restart(self) -> None:
        """Dask starts new workers by itself; raises `EngineError` where there is no scheduler any more."""
        with self._reached():
            pass

    def close(self) -> None:
        """Leave the cluster as it is."""
        self._client.close()

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Tell a scheduler that doesn't answer as that, at whichever call the run first hears of it."""
        gone = EngineError(
            f"the dask scheduler at {self._address} has gone: start it, and run the same command again to go on"
        )
        if self._client.status != "running":  # What is sent now may wait for ever.
            raise gone
        try:
            yield
        except Exception as error:
            if isinstance(error, OSError) or self._client.status != "running":
                raise gone from error
            raise


def _wrapped(remote: Any) -> Future[Outcome]:
    """A future of the standard library that ends when dask's does."""
    future: Future[Outcome] = Future()

    def end(ended: Any) -> None:
        try:
            future.set_result(ended.result())
        except Exception as error:
            # What is no error of the task is cancelled or lost, also on its way here, as all are without a scheduler.
            future.set_exception(error if ended.status == "error" else CancelledError(ended.status))

    remote.add_done_callback(end)
    return future


def engine_of(name: str, *, jobs: int, address: str | None) -> Callable[[], Engine]:
    """How to start the engine that the options ask for."""
    if name == "dask":
        if not address:
            raise EngineError("--engine dask needs --address, the scheduler's: tcp://host:8786")
        return lambda: Cluster(address)
    return Here if jobs == 1 else lambda: Processes(jobs)
