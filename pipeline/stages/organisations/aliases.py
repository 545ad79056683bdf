"""Abbreviations and short forms: which later words mean an organisation that the text has named in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from pipeline.gazetteer.gazetteer import gazetteer
from pipeline.stages.organisations.candidates import BRANCH, Candidate
from pipeline.stages.organisations.exemplars import EXEMPLAR
from pipeline.stages.organisations.lexicon import names
from pipeline.stages.organisations.normalise import initials_fit, name_key
from pipeline.stages.organisations.patterns import BRACKET

#: Kinds whose names are cut to their first word in later mentions ("Lanqiao", "Tsinghua").
_SHORTENED = frozenset({"company", "academic"})


@dataclass(frozen=True, slots=True)
class Alias:
    """A mention and the name in full that it stands for."""

    candidate: Candidate
    full: Candidate


def key_of(doc: Doc, candidate: Candidate) -> str:
    """What the mentions of one organisation share."""
    return name_key(candidate.canonical or doc[candidate.start : candidate.end].text)


def find_aliases(doc: Doc, shape: str, chosen: list[Candidate]) -> Iterator[Alias]:
    """Yield the abbreviations in brackets, and every free mention of an abbreviation or a short form."""
    ends = {candidate.end: candidate for candidate in chosen}
    taken = {i for candidate in chosen for i in range(candidate.start, candidate.end)}
    forms: dict[tuple[str, ...], Candidate] = {}
    blocked: set[str] = set()
    for match in BRACKET.finditer(shape):
        full, token = ends.get(match.start()), doc[match.start(1)]
        if not token.is_upper or (token.i in taken and full is None):
            continue
        if full is not None and full.rule == BRANCH:
            continue
        if full is None or not (initials_fit(token.text, doc[full.start : full.end].text) or full.canonical):
            blocked.add(token.text)
            continue
        forms.setdefault((token.text,), full)
    for candidate in chosen:
        if candidate.kind in _SHORTENED and not candidate.described:
            for form in _short_forms(doc, shape, candidate):
                forms.setdefault(form, candidate)
    yield from _occurrences(doc, shape, forms, taken, blocked)


def rejoin(doc: Doc, shape: str, chosen: list[Candidate]) -> list[Candidate]:
    """Give a short form that the context found by itself the name in full: "Changan" after "Changan Automobile"."""
    forms: dict[tuple[str, ...], Candidate] = {}
    for candidate in chosen:
        if candidate.kind in _SHORTENED:
            for form in _short_forms(doc, shape, candidate):
                forms.setdefault(form, candidate)
    joined = []
    for candidate in chosen:
        full = forms.get(tuple(token.text for token in doc[candidate.start : candidate.end]))
        if full is None or full is candidate or candidate.kind != full.kind:
            joined.append(candidate)
        else:
            name = full.canonical or doc[full.start : full.end].text
            joined.append(replace(candidate, canonical=name))
    return joined


def _short_forms(doc: Doc, shape: str, candidate: Candidate) -> Iterator[tuple[str, ...]]:
    """A company's name without its company words, and its first word that is a name of its own."""
    start, end = candidate.start, candidate.end
    while end > start and shape[end - 1] in "SR,H":
        end -= 1
    if (
        (end == candidate.end and candidate.rule not in ("known-name", EXEMPLAR))
        or "o" in shape[start:end]
        or "f" in shape[start:end]
    ):
        return
    stem = tuple(token.text for token in doc[start:end])
    own = [i for i in range(start, end) if shape[i] == "N" and len(doc[i]) > 2]
    if len(stem) > 1 and own and candidate.kind == "company":
        yield stem
    while len(own) > 1 and _is_division(doc[own[0]].text):
        own = own[1:]  # "*Yongkang* Lishi Hardware Co" is "Lishi" for short
    if own and set(shape[start : own[0]]) <= set("GN") and not _is_common(doc[own[0]].text):
        yield (doc[own[0]].text,)


def _is_division(word: str) -> bool:
    """Whether a word is the name of a place in China, a county's too."""
    return any(place.country == "CN" for place in gazetteer().lookup(word))


def _is_common(word: str) -> bool:
    return word in names("not_names") or word.lower() in names("common_words")


def _occurrences(
    doc: Doc, shape: str, forms: dict[tuple[str, ...], Candidate], taken: set[int], blocked: set[str]
) -> Iterator[Alias]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_first.setdefault(form[0], []).append(form)
    free = 0
    for i, token in enumerate(doc):
        if i < free or i in taken or token.text in blocked:
            continue
        for form in by_first.get(token.text, ()):
            end = i + len(form)
            if (
                tuple(t.text for t in doc[i:end]) == form
                and taken.isdisjoint(range(i, end))
                and _stands_free(shape, i, end)
            ):
                full = forms[form]
                yield Alias(replace(full, start=i, end=end, rule="short-form", confidence=0.93), full)
                free = end
                break


def _stands_free(shape: str, start: int, end: int) -> bool:
    """Not a piece of a longer name: "Lanqiao Tower", "Mount Lanqiao"."""
    before = shape[start - 1] if start else "x"
    after = shape[end] if end < len(shape) else "x"
    return before not in "NG" and after not in "NEH"


def known_in_full(doc: Doc, candidates: Iterable[Candidate]) -> set[str]:
    """The keys of the organisations that a document names by more than an abbreviation."""
    return {key_of(doc, c) for c in candidates if c.rule != "known-abbreviation"}


def settle(doc: Doc, candidates: list[Candidate]) -> list[Candidate]:
    """Drop the abbreviations that mean too much where their body is nowhere named in full."""
    full = known_in_full(doc, candidates)
    return [
        c
        for c in candidates
        if c.rule != "known-abbreviation"
        or doc[c.start : c.end].text not in names("ambiguous_abbreviations")
        or key_of(doc, c) in full
    ]
