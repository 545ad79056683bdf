"""Makes some articles poisonous in the processes that have this folder on their path, workers included.

An article that holds one of these words does to its process what the word says.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _spin() -> None:
    while True:
        pass


def _raise() -> None:
    raise ValueError("a rule that\nfails")


POISON: dict[str, Callable[[], object]] = {
    "KILLSITSWORKER": _die,
    "SLEEPSFOREVER": lambda: time.sleep(3600),
    "SPINSFOREVER": _spin,
    "NEVERCOMESBACK": lambda: sum(range(10**13)),  # No signal is heard within it.
    "RAISES": _raise,
    "TAKESASECOND": lambda: time.sleep(1),
}


def _poisoned(make_doc: Callable[..., Any]) -> Callable[..., Any]:
    def made(nlp: Any, text: str, **options: Any) -> Any:
        for word, act in POISON.items():
            if word in text:
                act()
        return make_doc(nlp, text, **options)

    return made


class _Poisoner(Loader):
    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        module.make_doc = _poisoned(module.make_doc)  # type: ignore[attr-defined]


class _Finder(MetaPathFinder):
    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if name != "pipeline.extractor":
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec and spec.loader:
            spec.loader = _Poisoner(spec.loader)
        return spec


sys.meta_path.insert(0, _Finder())
