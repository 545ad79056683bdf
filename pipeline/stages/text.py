"""The text of a `Doc`, put together once: spaCy joins all tokens anew each time that it is asked."""

from __future__ import annotations

from spacy.tokens import Doc

_KEY = "pilotfacts.text"


def text_of(doc: Doc) -> str:
    """`doc.text`, in which every `Token.idx` counts."""
    text: str | None = doc.user_data.get(_KEY)
    if text is None:
        text = doc.user_data[_KEY] = doc.text
    return text
