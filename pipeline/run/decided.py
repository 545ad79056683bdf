"""What decides a result besides the text: version, model, rules, word lists, settings.

Everything is found without loading spaCy, so that a run with nothing to do is over at once.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pipeline
from pipeline.model import MODEL, check_model

#: Parts of the package that no result comes from.
_NO_PART = ("cli.py", "score", "review", "report", "export", "run/progress.py", "run/batch.py", "__pycache__")

#: Libraries whose version may change a result.
_LIBRARIES = ("spacy", "dateparser", "pydantic", "datasketch", "py3langid")


@dataclass(frozen=True, slots=True)
class Decided:
    """What a result was made with. Two results of one text are the same where this is the same."""

    version: str
    model: str
    model_sha256: str
    rules_sha256: str
    libraries: str
    gazetteer: str | None = None
    gazetteer_sha256: str | None = None

    @property
    def digest(self) -> str:
        """A short name for all of it; where the table of places lies decides nothing, only what stands in it."""
        named = asdict(dataclasses.replace(self, gazetteer=None))
        return hashlib.sha256(json.dumps(named, sort_keys=True).encode()).hexdigest()[:16]

    def changes(self, other: Decided) -> list[str]:
        """What is different in `other`, for people: ``["model: a → b"]``."""
        old, new = asdict(self), asdict(other)
        names = [name for name in old if old[name] != new[name] and name != "gazetteer"]
        return [f"{name}: {str(old[name])[:24]} → {str(new[name])[:24]}" for name in names]


def decide(*, model: str = MODEL, gazetteer: str | None = None) -> Decided:
    """Look at what is installed; raises `ModelError` where the model is missing or not the one it should be."""
    return Decided(
        version=pipeline.__version__,
        model=model,
        model_sha256=check_model(model),
        rules_sha256=_rules_digest(),
        libraries=", ".join(f"{name} {version(name)}" for name in _LIBRARIES),
        gazetteer=gazetteer,
        gazetteer_sha256=hashlib.sha256(Path(gazetteer).read_bytes()).hexdigest() if gazetteer else None,
    )


@cache
def _rules_digest() -> str:
    """The digest of the code and word lists that records are made with: a changed rule is another result."""
    root = Path(pipeline.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*"), key=lambda path: path.relative_to(root).as_posix()):
        inside = path.relative_to(root).as_posix()
        if path.is_file() and path.suffix in {".py", ".csv", ".txt"} and not inside.startswith(_NO_PART):
            digest.update(f"{inside}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
