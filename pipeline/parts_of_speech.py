"""Parts of speech from tags, by table: what the model's attribute ruler does, without its matcher.

The ruler of spaCy's English models has 179 patterns, most of which say "a token with this tag, or with this tag and
this word, has this part of speech", and it runs all of them at every token: a tenth of the whole model's time. Those
become look-ups here. Lemmas and morphology, which no stage reads, are left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, cast

from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

#: Attributes that stages read.
_READ = {"POS", "TAG", "DEP"}


@Language.factory("parts_of_speech", assigns=["token.pos"], requires=["token.tag"])
def parts_of_speech(nlp: Language, name: str) -> PartsOfSpeech:
    """Make the component; it knows nothing until it is given patterns."""
    return PartsOfSpeech(nlp)


def replace_ruler(nlp: Language) -> None:
    """Put this component in the place of the model's attribute ruler, if it has one, with the ruler's patterns."""
    if nlp.has_pipe("attribute_ruler"):
        patterns = cast("AttributeRuler", nlp.get_pipe("attribute_ruler")).patterns
        nlp.replace_pipe("attribute_ruler", "parts_of_speech")
        cast("PartsOfSpeech", nlp.get_pipe("attribute_ruler")).add(patterns)


class PartsOfSpeech:
    """Gives every token the part of speech that the attribute ruler with these patterns would give it."""

    def __init__(self, nlp: Language) -> None:
        self._table: dict[tuple[int, int | None], int] = {}
        self._rest = AttributeRuler(nlp.vocab)
        self._strings = nlp.vocab.strings

    def add(self, patterns: Sequence[Mapping[str, Any]]) -> None:
        """Take in an attribute ruler's patterns; a later one wins over an earlier."""
        strings = self._strings
        for pattern in patterns:
            attributes = {name: value for name, value in pattern["attrs"].items() if name in _READ}
            if not attributes:
                continue
            keys = list(_keys(pattern["patterns"])) if set(attributes) == {"POS"} else None
            if keys and None not in keys:
                part = strings.add(attributes["POS"])
                for tag, word in filter(None, keys):
                    self._table[strings.add(tag), strings.add(word) if word else None] = part
            else:
                self._rest.add(pattern["patterns"], attributes, index=pattern["index"])

    def __call__(self, doc: Doc) -> Doc:
        """Set the parts of speech of `doc`."""
        table = self._table
        for token in doc:
            tag = token.tag
            token.pos = table.get((tag, token.lower)) or table.get((tag, None), 0)
        return self._rest(doc)


def _keys(patterns: Sequence[Sequence[Mapping[str, Any]]]) -> Iterator[tuple[str, str | None] | None]:
    """The tags and words that single-token patterns ask for; None for what is no such pattern."""
    for tokens in patterns:
        if len(tokens) != 1 or not {"TAG"} <= set(tokens[0]) <= {"TAG", "LOWER"}:
            yield None
            continue
        tags, words = (_choices(tokens[0].get(name)) for name in ("TAG", "LOWER"))
        if tags is None or words is None:
            yield None
            continue
        yield from product(tags, words) if words else ((tag, None) for tag in tags)


def _choices(value: Any) -> list[str] | None:
    """One value or several; None for what is no plain choice."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    return list(value["IN"]) if isinstance(value, dict) and set(value) == {"IN"} else None
