"""Names that a plural noun for bodies gives for examples: "companies such as Moxu and Lanqiao"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from pipeline.gazetteer import gazetteer
from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.candidates import Candidate
from pipeline.stages.organisations.lexicon import heads, names
from pipeline.stages.organisations.patterns import CAPITAL

#: The rule of a name that only its noun says to be a body's; the text may repeat it.
EXEMPLAR = "exemplar"
#: Nouns whose plural takes in what is no body: "ethnic groups such as", "platforms such as".
_WIDE = frozenset({"group", "platform", "portal", "fund", "tank", "workshop", "venture", "maker", "customs", "command"})
#: One of a list: "the Moxu Group", "France's Bureau Daun", "State Grid Corp of China".
_ITEM = re.compile(rf"(?:[GN]q)?t?(?P<name>{CAPITAL}(?:-*&?{CAPITAL}|[of]t?{CAPITAL})*)(?:\({CAPITAL}\))?")
_JOINT = re.compile(r",?a|,")
_MOST_ITEMS = 12
#: Letters of a name that no other rule of the stage knows.
_OWN = frozenset("NGWAH-&")


def find_exemplars(doc: Doc, shape: str) -> Iterator[Candidate]:
    """Propose the names behind "carmakers such as", "institutions like", "firms, including".

    Of a list without an "and" only the first: the next may begin another clause ("…, Li Hua said").
    """
    for index, token in enumerate(doc):
        kind = bodies().get(token.lower_) if token.tag_ in ("NNS", "NNPS") else None
        start = _behind_opener(doc, index + 1) if kind else None
        if kind is None or start is None:
            continue
        for first, last in _items(shape, start):
            if _is_own(doc, shape, first, last) and shape[last : last + 1] not in ("E", "T"):
                yield Candidate(first, last, kind, EXEMPLAR, 0.9)


def _is_own(doc: Doc, shape: str, first: int, last: int) -> bool:
    """Whether a name is none that other rules know, nor a place's; the model takes many a company for a place."""
    named = shape[first:last]
    return set(named) <= _OWN and (
        "N" in named or (set(named) == {"G"} and not gazetteer().lookup(doc[first:last].text))
    )


@cache
def bodies() -> dict[str, OrganisationKind]:
    """The plurals that are said of bodies alone and their kind: ``bodies()["carmakers"]`` → ``"company"``."""
    singular: dict[str, OrganisationKind] = {word: kind for word, kind in heads().items() if word not in _WIDE}
    singular |= {word: "company" for word in names("makers") | names("descriptors") if word not in _WIDE}
    singular |= {"institution": "other", "agency": "other", "organization": "other", "organisation": "other"}
    return {_plural(word): kind for word, kind in singular.items()}


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2] not in "aeou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _behind_opener(doc: Doc, index: int) -> int | None:
    """Where the examples begin behind "such as", "like" or "including"."""
    if index < len(doc) and doc[index].text == ",":
        index += 1
    low = [token.lower_ for token in doc[index : index + 2]]
    if low == ["such", "as"]:
        return index + 2
    return index + 1 if low[:1] == ["including"] or (low[:1] == ["like"] and doc[index].tag_ == "IN") else None


def _items(shape: str, at: int) -> list[tuple[int, int]]:
    """The names of a list from `at` on: all up to the one behind the "and", else the first."""
    found: list[tuple[int, int]] = []
    closed = False
    while len(found) < _MOST_ITEMS and (match := _ITEM.match(shape, at)):
        found.append(match.span("name"))
        joint = _JOINT.match(shape, match.end())
        if closed or joint is None:
            break
        closed = "a" in joint[0]
        at = joint.end()
    return found if closed else found[:1]
