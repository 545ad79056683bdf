"""Tasks to shards, whatever dies on the way: nothing lost, nothing done twice, the one that kills found."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait

from pipeline.run.engine import Engine, Processes
from pipeline.run.ledger import Ledger
from pipeline.run.shard import Failure
from pipeline.run.worker import Outcome, Task

Report = Callable[[Outcome], None]


class Executor:
    """Has tasks done by an engine and notes in the ledger what comes of them; `report` hears of each."""

    def __init__(self, ledger: Ledger, start: Callable[[], Engine], report: Report) -> None:
        self._ledger = ledger
        self._start = start
        self._report = report
        self._engine: Engine | None = None
        self._apart: Engine | None = None

    def run(self, tasks: Iterable[Task]) -> None:
        """Do all `tasks`. After a death, what was under way is done again; after a second one, article by article."""
        todo: Iterator[Task] = iter(tasks)
        again: list[Task] = []
        twice: set[str] = set()
        pending: dict[Future[Outcome], Task] = {}
        while self._fill(pending, again, todo):
            engine = self._started()
            ended, _ = wait(pending, return_when=FIRST_COMPLETED)
            dead = [task for future in ended if (task := self._end(engine, future, pending.pop(future)))]
            if not dead:
                continue
            engine.restart()
            # Who died takes the others along: all that was under way ends, and what isn't written is done again.
            dead += [task for future in [*pending] if (task := self._end(engine, future, pending.pop(future)))]
            for task in dead:
                if task.name in twice:
                    self.run_apart(task)
                else:
                    twice.add(task.name)
                    again.append(task)

    def run_apart(self, task: Task) -> None:
        """Do the articles of `task` one at a time; who kills its worker again and again fails alone."""
        for keyed in task.articles:
            single = dataclasses.replace(task, name=self._ledger.name_of([keyed[0]]), articles=(keyed,))
            engine = self._apart_engine()
            for _ in range(engine.deaths):
                if self._end(engine, engine.submit(single), single) is None:
                    break
                engine.restart()
            else:
                error = (
                    f"killed its worker {engine.deaths} times: leave it out, or try it once more with --retry-failed"
                )
                self._ledger.fail(Failure(keyed[0], "extract", error))
                self._report(Outcome(0, 1, 0, 0.0))

    @property
    def workers(self) -> int:
        """How many articles can be worked on at once."""
        return max(1, self._started().slots // 2)

    def close(self) -> None:
        """Stop the workers."""
        for engine in (self._engine, self._apart):
            if engine is not None:
                engine.close()

    def _started(self) -> Engine:
        self._engine = self._engine or self._start()
        return self._engine

    def _apart_engine(self) -> Engine:
        """Another process, so that only it dies; on a cluster that is what there is anyway."""
        engine = self._started()
        if self._apart is None:
            self._apart = Processes(1) if engine.same_process or isinstance(engine, Processes) else engine
        return self._apart

    def _fill(self, pending: dict[Future[Outcome], Task], again: list[Task], todo: Iterator[Task]) -> bool:
        """Give the engine what it can take; False when all is done."""
        while self._engine is None or len(pending) < self._engine.slots:
            task = again.pop() if again else next(todo, None)
            if task is None:
                break
            engine = self._started()
            if engine.same_process:
                self._ledger.begun(key for key, _ in task.articles)
            pending[engine.submit(task)] = task
        return bool(pending)

    def _end(self, engine: Engine, future: Future[Outcome], task: Task) -> Task | None:
        """Note what came of a task; gives the task back where its worker died before it had written its shard."""
        error = future.exception()
        if error is None:
            self._ledger.adopt(task.name)
            self._report(future.result())
            return None
        if not engine.died(error):
            raise error
        return task
