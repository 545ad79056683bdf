"""Names that the tables know: central bodies with their abbreviations, international bodies, companies, media."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from pipeline.gazetteer import gazetteer
from pipeline.resources import ordered_words, table
from pipeline.schema import OrganisationKind
from pipeline.stages.organisations.candidates import Candidate
from pipeline.stages.organisations.lexicon import FOLDER, is_place, names


@dataclass(frozen=True, slots=True)
class Known:
    """A form of a known name: its words, the full name, kind and seat; `short` for an abbreviation."""

    words: tuple[str, ...]
    name: str
    kind: OrganisationKind
    seat: str | None
    short: bool


#: How sure a form is: a full name, and an abbreviation that the text need not introduce.
_CONFIDENCE = {False: 0.97, True: 0.92}


@cache
def by_first_word() -> Mapping[str, tuple[Known, ...]]:
    """Every form under its first word, the longest first."""
    index: dict[str, list[Known]] = {}
    for known in (*_bodies(), *_listed("companies", "company"), *_listed("media", "media")):
        index.setdefault(known.words[0], []).append(known)
    return {word: tuple(sorted(forms, key=lambda form: -len(form.words))) for word, forms in index.items()}


def _bodies() -> Iterator[Known]:
    for row in table(f"{FOLDER}/bodies"):
        kind: OrganisationKind = row["kind"]  # type: ignore[assignment]
        seat = row["seat"] or None
        for form in (row["name"], *filter(None, row["other_names"].split(";"))):
            yield Known(split_words(form), row["name"], kind, seat, short=False)
        for form in filter(None, row["abbreviations"].split(";")):
            yield Known(split_words(form), row["name"], kind, seat, short=True)


def _listed(name: str, kind: OrganisationKind) -> Iterator[Known]:
    for line in ordered_words(f"{FOLDER}/{name}"):
        full, *others = line.split("|")
        yield Known(split_words(full), full, kind, None, short=False)
        for form in others:
            yield Known(split_words(form), full, kind, None, short=form.isupper())


def split_words(name: str) -> tuple[str, ...]:
    """The words as the tokeniser sees them: ``"All-China Women's Federation" → ("All", "-", "China", "Women", …)``."""
    spaced = name.replace("'s", " 's").replace("s' ", "s ' ").replace(",", " ,").replace("(", "( ").replace(")", " )")
    return tuple(spaced.replace("-", " - ").split())


def find_known(doc: Doc) -> Iterator[Candidate]:
    """Propose every form of a known name; the longest at each place."""
    index = by_first_word()
    position = 0
    texts = [token.text for token in doc]
    while position < len(texts):
        form = next((f for f in index.get(texts[position], ()) if _stands_at(texts, position, f)), None)
        if form is None:
            position += 1
            continue
        end = position + len(form.words)
        yield _candidate(doc, form, position, end)
        position = end


def _stands_at(texts: list[str], position: int, form: Known) -> bool:
    return tuple(texts[position : position + len(form.words)]) == form.words


def _candidate(doc: Doc, form: Known, start: int, end: int) -> Candidate:
    rule = "known-abbreviation" if form.short else "known-name"
    name, seat = form.name, form.seat
    if form.kind == "company" and _goes_on(doc, end):
        return Candidate(start, end + 1, form.kind, "known-name-and-more", 0.85)
    owner = foreign_owner(doc, start) if seat == "China" else None
    if owner:
        name, seat = f"{name} ({owner})", owner
    return Candidate(start, end, form.kind, rule, _CONFIDENCE[form.short], seat=seat, canonical=name)


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether one more word belongs to a company's name: "Alibaba *Cloud*", "Deloitte *China*"."""
    if end >= len(doc) or not doc[end].text[0].isupper():
        return False
    following = doc[end + 1].text if end + 1 < len(doc) else ""
    last = doc[end].lower_ in names("company_words") or is_place(doc[end].text)
    return last and not following[:1].isupper() and following not in ("-", ",")


def foreign_owner(doc: Doc, start: int) -> str | None:
    """Whose ministry it is where it is not China's: "Japan's Ministry of Finance", "the Thai Ministry of Education"."""
    if start and doc[start - 1].lower_ in names("nationalities") - {"chinese"}:
        return doc[start - 1].text
    if start > 1 and doc[start - 1].text == "'s":
        places = gazetteer().lookup(doc[start - 2].text)
        if places and places[0].country not in ("CN", "HK", "MO", "TW"):
            return doc[start - 2].text
    return None
