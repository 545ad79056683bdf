"""Whether a letter grown to digits is a scale or a unit: "1.5m people", "a 5m tall statue"."""

from __future__ import annotations

from functools import cache

from pipeline.resources import words
from pipeline.stages.claims.atoms import Atom, text_at

_PEOPLE = frozenset({"people", "children", "women", "men"})
#: What may stand between a length and people.
_EXTENDED = frozenset(
    {"tall", "high", "wide", "long", "deep", "thick", "broad", "away", "apart", "above", "below", "behind", "ahead"}
    | {"from", "and", "for", "the", "with", "where", "while", "but", "that", "into", "off", "gap", "between", "over"}
)


@cache
def _persons() -> frozenset[str]:
    return frozenset(word for word in words("claims/earner_nouns") if word.endswith("s"))


def counts_people(atoms: tuple[Atom, ...], index: int) -> bool:
    """As in "1.5m people": a glued "m" before a plural noun is a million, not a meter."""
    word = text_at(atoms, index)
    if word in _PEOPLE or (len(word) > 4 and word.endswith("s") and atoms[index].text == word):
        return True
    # "lifting 1m poor residents", never "5m tall", "3m from the visitors"
    run = [text_at(atoms, index + step) for step in range(3)]
    head = next((step for step, word in enumerate(run) if step and (word in _PEOPLE or word in _persons())), 0)
    return bool(head) and all(w.isalpha() and len(w) > 2 and w not in _EXTENDED for w in run[:head])
