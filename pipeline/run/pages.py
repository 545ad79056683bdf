"""Pages are read in a process of their own: whatever a page does to it, the run goes on."""

from __future__ import annotations

import os
from concurrent.futures import TimeoutError as StillBusy
from typing import Any

from pipeline.read.article import RawArticle, Unreadable
from pipeline.read.pages import page_article, require
from pipeline.run.engine import deaf, end_with

#: Seconds more than a page is given, until its process is ended: it should have ended the page itself.
_GRACE = 1.0
#: Seconds in which a process has to be up.
_START = 120.0


class PageReader:
    """Reads pages as `page_article` does, in another process, which begins with the first page.

    A page that takes longer than `seconds`, also within a library that hears no signal, or that ends its process, is
    unreadable, and the next one is read by a new process.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._executor: Any = None

    def __call__(self, html: bytes, **about: Any) -> RawArticle:
        """The article of a page; raises `Unreadable`."""
        from joblib.externals.loky.process_executor import BrokenProcessPool

        executor = self._started()
        try:
            page: RawArticle = executor.submit(page_article, html, seconds=self._seconds, **about).result(
                self._seconds + _GRACE
            )
        except StillBusy:
            self.close()
            raise Unreadable(
                f"reading this page took longer than {self._seconds:g} s: try it with a longer --timeout, "
                "or save it as .txt"
            ) from None
        except BrokenProcessPool:
            self.close()
            raise Unreadable("reading this page ended the process that did it: save it as .txt") from None
        return page

    def _started(self) -> Any:
        if self._executor is None:
            from joblib.externals.loky import ProcessPoolExecutor

            self._executor = ProcessPoolExecutor(1, initializer=end_with, initargs=(os.getpid(),))
            with deaf():
                ready = self._executor.submit(require)
            ready.result(_START)
        return self._executor

    def close(self) -> None:
        """End the process."""
        if self._executor is not None:
            self._executor.shutdown(wait=False, kill_workers=True)
            self._executor = None
