"""Decides which names in a text are mentions of a place, and by which rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.gazetteer import gazetteer
from pipeline.resources import words
from pipeline.stages.regions.lines import in_bracket_of_route, in_route, is_short_for_longer
from pipeline.stages.regions.patterns import plural_type_words, type_words

if TYPE_CHECKING:
    from spacy.tokens import Span

    from pipeline.stages.regions.scan import Hit
    from pipeline.stages.regions.view import View

PLACE_LABELS = {"GPE", "LOC"}
#: Entities that a place inside is only a part of.
WHOLE_LABELS = {"ORG", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "PERSON"}
#: Groups and kinds that count by their name alone; the others ask for evidence.
KNOWN_ALONE = {"country", "continent", "province", "municipality", "autonomous_region", "prefecture", "area", "zone"}
#: From this prior on, a county or a city abroad is known by its name alone.
PROMINENT = 0.05
#: Units behind a place in which a dish may be named.
PRODUCT_REACH = 3
#: "Hunan *grows* rice" names no dish.
FINITE_TAGS = {"VBZ", "VBP", "MD"}
ARTICLES = {"the", "a", "an"}
#: Prepositions that stand before places, and those that stand before people as often.
INSIDE, TOWARDS = {"in", "near", "outside", "around"}, {"to", "from", "for", "left", "reached", "entered"}
#: Verbs and little words, at which a longer name has ended, though a headline writes them with capitals.
NO_NAME_TAGS = ("V", "MD", "W", "PRP", "RB", "TO", "EX")
SMALL_WORDS = {"of", "and", "the", "for", "&", "-", "in", "on", "de", "plus", "cum"}
#: So many units behind a place are read for the head of a longer name.
NAME_REACH = 12
#: In a headline, where all words have capitals, only so many.
HEADLINE_REACH = 2
LOCATIVE = {
    "in",
    "at",
    "from",
    "to",
    "near",
    "around",
    "across",
    "outside",
    "throughout",
    "visit",
    "visited",
    "visiting",
}


#: What `accept` says of a name that is no mention: a part of something else, or without evidence.
NO_PLACE, NO_EVIDENCE = "no place", ""


def accept(view: View, hit: Hit) -> str:
    """The rule by which a hit is a mention: `typed`, `listed`, `beside`, `known` or `model`; else why it is none."""
    entity = view.entity(hit.start, hit.end)
    if inside_name(view, hit, entity):
        return NO_PLACE
    if hit.type_word:
        return "typed"
    if is_something_else(view, hit, entity):
        return NO_PLACE
    if hit.shared or hit.beside:
        return "listed" if hit.shared else "beside"
    agreed = entity is not None and entity.label_ in PLACE_LABELS and covers(entity, hit)
    if is_well_known(hit) and (agreed or not is_person_like(hit, entity)):
        return "known"
    return "model" if agreed or is_located(view, hit, entity) else NO_EVIDENCE


def is_located(view: View, hit: Hit, entity: Span | None) -> bool:
    """Say whether a city abroad or a county that the model doesn't see stands where a place does: "in Belgorod"."""
    if hit.name in words("regions/names_of_people") or view.in_title_case(hit.first):
        return False
    before = view.unit(hit.first - 1).lower()
    is_person = entity is not None and entity.label_ == "PERSON"
    if not any(place.group == "city" for place in hit.places):
        return before in INSIDE and not is_person
    return before in INSIDE or (before in TOWARDS and not is_person)


def is_something_else(view: View, hit: Hit, entity: Span | None) -> bool:
    """Say whether a name is an ordinary word here, a route's end, a dish's, a currency's, or lacks its city."""
    return (
        is_ordinary(hit, entity)
        or view.text.startswith("$", hit.end)
        or in_route(view, hit)
        or in_bracket_of_route(view, hit)
        or is_short_for_longer(view, hit)
        or names_product(view, hit)
        or has_article(view, hit)
        or (needs_comma(hit.name) and view.unit(hit.first - 1) != ",")
    )


def is_well_known(hit: Hit) -> bool:
    """Say whether the name alone is enough: countries, areas, China's larger divisions, the world's large cities."""
    return any(
        place.group in ("user", "area")
        or (place.kind in KNOWN_ALONE and place.valid_to is None)
        or (place.kind == "prefecture" and place.successor is not None)
        or (place.kind in ("county", "other") and place.prior >= PROMINENT)
        or place.kind == "special_administrative_region"
        for place in hit.places
    )


def names_product(view: View, hit: Hit) -> bool:
    """Say whether a place only names a dish or a product: "Yangzhou fried rice", "Peking duck"."""
    products = words("regions/products")
    for k in range(hit.last, min(hit.last + PRODUCT_REACH, len(view))):
        if not view.joined(k) or not view.unit(k).islower() or view.token(k).tag_ in FINITE_TAGS:
            return False
        if view.unit(k) in products:
            return True
    return False


def has_article(view: View, hit: Hit) -> bool:
    """Say whether a city stands behind an article and before no noun, as a thing does: "The cologne was French"."""
    if not any(place.group == "city" for place in hit.places) or view.unit(hit.first - 1).lower() not in ARTICLES:
        return False
    modifies = hit.last < len(view) and view.joined(hit.last) and view.token(hit.last).tag_.startswith("NN")
    return not modifies and view.token(hit.last - 1).dep_ != "compound" and hit.name.split()[0] != "The"


def needs_comma(name: str) -> bool:
    """Say whether a name is an abbreviation that only follows a city: "Va." in "Norfolk, Va."."""
    return name.endswith(".") and name.count(".") == 1


def is_person_like(hit: Hit, entity: Span | None) -> bool:
    """Say whether a name that people have too may be a person here: the model reads one, or no place for a city."""
    if hit.name not in words("regions/names_of_people"):
        return False
    if all(place.group == "city" for place in hit.places):
        return True
    return entity is not None and entity.label_ == "PERSON"


def is_ordinary(hit: Hit, entity: Span | None) -> bool:
    """Say whether a name is also an English word, and nothing says that it is a place here."""
    if hit.name not in words("regions/ordinary_words"):
        return False
    return entity is None or entity.label_ not in PLACE_LABELS


def covers(entity: Span, hit: Hit) -> bool:
    """Say whether the model's entity holds the whole name."""
    return bool(entity.start_char <= hit.start and hit.end <= entity.end_char)


def inside_name(view: View, hit: Hit, entity: Span | None) -> bool:
    """Say whether a place is only a part of a longer name: "Shanghai Tower", "Bank of Beijing", "Air China"."""
    return (
        ends_longer_name(view, hit)
        or starts_longer_name(view, hit)
        or follows_name(view, hit)
        or inside_entity(view, hit, entity)
    )


def follows_name(view: View, hit: Hit) -> bool:
    """Say whether a capitalised word before is one name with the place: "Hyundai Santa Fe"."""
    before = view.unit(hit.first - 1)
    if not view.joined(hit.first) or not before[:1].isupper() or view.ends[hit.first - 1] == hit.start:
        return False
    if before in words("regions/before_places") or view.in_title_case(hit.first):
        return False
    token = view.token(hit.first - 1)
    return token.tag_ in {"NNP", "NNPS"} and token.dep_ == "compound" and not gazetteer().lookup(before)


def starts_longer_name(view: View, hit: Hit) -> bool:
    """Look for the head of a longer name behind: "Yangtze River", "Canton Fair"."""
    i = view.at(hit.end - 1) + 1
    if not view.joined(i) or not view.unit(i)[:1].isupper() or view.starts[i] == view.ends[i - 1]:
        return view.unit(i) == "-" and ends_in_head(view, i + 1) and view.joined(i + 1)
    if view.unit(i) in words("regions/titles_after"):
        return False
    return ends_in_head(view, i)


def ends_in_head(view: View, i: int) -> bool:
    """Say whether the capitalised words from unit `i` on end in the head of a name ("… Fair")."""
    if i >= len(view):
        return False
    heads, last = words("regions/name_heads"), ""
    reach = HEADLINE_REACH if view.in_title_case(i) else NAME_REACH
    for k in range(i, min(i + reach, len(view))):
        unit = view.unit(k)
        if not view.joined(k) or not (unit[:1].isupper() or unit in SMALL_WORDS):
            break
        if unit not in heads and view.token(k).tag_.startswith(NO_NAME_TAGS):
            break
        last = unit if unit[:1].isupper() else last
        if last in heads:
            return True
    return False


def ends_longer_name(view: View, hit: Hit) -> bool:
    """Look for a name's head before: "Bank of Beijing", "Lake Geneva"."""
    i = hit.first - 1
    before = view.unit(i)
    if not view.joined(hit.first):
        return False
    if before == "the":
        i, before = i - 1, view.unit(i - 1)
    if before == "of":
        return view.unit(i - 1) in words("regions/heads_before")
    return before in {"Lake", "Mount", "Mt", "Air", "Radio", "Port", "Cape"} and view.joined(hit.first)


def inside_entity(view: View, hit: Hit, entity: Span | None) -> bool:
    """Say whether the model holds the place for a part of a body, building, event or person with more to its name.

    A name with a preposition of place or a colon in it is none: "Trains between Urumqi".
    """
    if entity is None or entity.label_ not in WHOLE_LABELS or not covers(entity, hit) or ":" in entity.text:
        return False
    if hit.start > entity.start_char and view.unit(hit.first - 1).lower() in INSIDE | TOWARDS | {"between", "at"}:
        return False
    rest = view.text[entity.start_char : hit.start] + " " + view.text[hit.end : entity.end_char]
    spare = ARTICLES | type_words().keys() | plural_type_words().keys()
    others = [word for word in rest.replace("'s", " ").split() if word[0].isupper() and word.lower() not in spare]
    return bool(others) and not view.in_title_case(hit.first) and not all(is_place_word(word) for word in others)


def is_place_word(word: str) -> bool:
    """Say whether a word is a place's too, so that an entity of several places is no longer name."""
    return bool(gazetteer().lookup(word.strip(",.;:")))
