"""What all tests share: the model, loaded once, and only by tests that ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The whole pipeline with its default settings."""
    from pipeline.nlp import build_nlp

    return build_nlp()
