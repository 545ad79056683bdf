"""pilotfacts: normalised, source-grounded records from news about China's regional pilot programmes.

>>> from pipeline import Extractor
>>> document = Extractor().extract("Exports rose 3 percent in May.", published="2024-06-20")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.extractor import Extractor
    from pipeline.frames import read_frames
    from pipeline.nlp import Settings
    from pipeline.read.article import RawArticle
    from pipeline.schema import Document

__version__ = "0.1.0"
__all__ = ["Document", "Extractor", "RawArticle", "Settings", "read_frames"]

_HOMES = {
    "Document": "pipeline.schema",
    "Extractor": "pipeline.extractor",
    "RawArticle": "pipeline.read.article",
    "Settings": "pipeline.nlp",
    "read_frames": "pipeline.frames",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import pipeline` loads neither spaCy nor pandas."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
