"""The table of reporting verbs, by the form in which they stand in a text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pipeline.resources import table, words


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of saying or thinking and what it takes.

    `takes` holds any of: `aside` (stands in a comma pair without a quotation: "…, he said"), `that`, `clause` (without
    "that"), `quote`, `apart` (a quotation that a mark parts from it: '"…," introduced Li'), `whether`, `to` (an
    infinitive: "vowed to", "urged banks to"), `somebody-to` (the latter only), `object` (somebody who is told before
    the clause), `label` (a quotation after an object: "called it …"), `of` ("accused them of hiding it"), `passive`
    ("…, as announced by Li"). `subject` says what can do it: `any`, `people` (also organisations), `document`.
    """

    name: str
    particle: tuple[str, ...]
    takes: frozenset[str]
    subject: str


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Verbs by each of their forms, those with a particle first: ``verbs()["pointed"][0].particle`` → ``("out",)``."""
    forms: dict[str, list[Verb]] = {}
    for row in table("statements/reporting_verbs"):
        verb = Verb(row["verb"], tuple(row["particle"].split()), frozenset(row["takes"].split()), row["subject"])
        for form in {row[key] for key in ("verb", "third", "past", "participle", "gerund")}:
            forms.setdefault(form, []).append(verb)
    return {form: tuple(sorted(found, key=lambda verb: -len(verb.particle))) for form, found in forms.items()}


@cache
def source_nouns() -> dict[str, str]:
    """What a common noun in the place of a speaker is: person, organisation, document or group."""
    return {row["noun"]: row["kind"] for row in table("statements/source_nouns")}


def noun_kind(noun: str) -> str | None:
    """The kind of source that a noun names, plural forms too: ``noun_kind("surveys")`` → ``"document"``."""
    nouns = source_nouns()
    singular = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
    found = nouns.get(noun) or nouns.get(singular) or nouns.get(noun.removesuffix("es"))
    if noun.endswith("men") and not found:
        found = nouns.get(noun[:-2] + "an")
    if found is None and noun.removesuffix("s").endswith(("ologist", "omist", "ician", "alyst")):
        found = "person"
    if found == "person" and noun not in nouns and noun.endswith(("s", "men")):
        return "group"
    return found


@cache
def not_sources() -> frozenset[str]:
    """Nouns after "according to" that name no source ("according to need")."""
    return words("statements/not_sources")


@cache
def publishing_verbs() -> frozenset[str]:
    """What an organisation does with a document that speaks for it ("released by the bureau")."""
    return words("statements/publishing_verbs")


@cache
def convictions() -> frozenset[str]:
    """Adjectives whose that-clause is believed ("confident that")."""
    return words("statements/conviction_adjectives")
