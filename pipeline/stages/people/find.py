"""The component `find_people`: Names of people, with the titles beside them."""

from __future__ import annotations

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.annotations import PersonMention
from pipeline.stages.people.bylines import find_writers
from pipeline.stages.people.names import Found, find_names
from pipeline.stages.people.roles import find_roles, to_extent, to_role
from pipeline.stages.people.scene import Scene, lay_out
from pipeline.stages.people.shortnames import Short, find_short_names, introduced_late, without_parts
from pipeline.stages.people.workplaces import find_workplaces

if not Span.has_extension("person"):
    Span.set_extension("person", default=None)


@Language.component("find_people", assigns=["doc.spans", "span._.person"], requires=["doc.spans", "doc.ents"])
def find_people(doc: Doc) -> Doc:
    """Fill `doc.spans["people"]`: full names, family names alone and the byline's writers, with their titles.

    ``"Mo Qiu, deputy director of the bureau, said"`` → one span "Mo Qiu", whose `_.person` has family name Sun and
    the role "deputy director" with the extent of "bureau" as employer.
    """
    scene = lay_out(doc)
    writers = find_writers(scene)
    taken = {index for writer in writers for index in range(writer.start, writer.end)}
    names = [found for found in find_names(scene) if found.start not in taken and found.end - 1 not in taken]
    names = without_parts(names)
    shorts = [short for short in find_short_names(scene, names) if short.start not in taken]
    if late := introduced_late(scene, names, shorts):
        names = sorted([*names, *late], key=lambda found: found.start)
        shorts = [short for short in find_short_names(scene, names) if short.start not in taken]
    spots = [(found.start, found.end) for found in names] + [(short.start, short.end) for short in shorts]
    scene.person = {index: spot for spot in spots for index in range(*spot)}
    roles = {
        start: tuple(to_role(doc, phrase) for phrase in found) for start, found in find_roles(scene, spots).items()
    }
    workplaces = {start: to_extent(doc, *spot) for start, spot in find_workplaces(scene, spots).items()}
    spans = [_writer(scene, found) for found in writers]
    for mention in (*map(_full, names), *map(_short, shorts)):
        start, end, value = mention
        value = replace(value, roles=roles.get(start, ()), workplace=workplaces.get(start))
        spans.append(_span(scene, start, end, value))
    doc.spans["people"] = sorted(spans, key=lambda span: span.start)
    return doc


def _full(found: Found) -> tuple[int, int, PersonMention]:
    name = found.name
    value = PersonMention(name.text, name.family_name, name.given_name, rule=found.rule, confidence=found.confidence)
    return found.start, found.end, value


def _short(short: Short) -> tuple[int, int, PersonMention]:
    value = PersonMention(short.text, short.text, surname_only=True, rule=short.rule, confidence=short.confidence)
    return short.start, short.end, value


def _writer(scene: Scene, found: Found) -> Span:
    return _span(scene, found.start, found.end, replace(_full(found)[2], is_author=True))


def _span(scene: Scene, start: int, end: int, value: PersonMention) -> Span:
    span = Span(scene.doc, start, end, label="person")
    span.id_ = value.rule
    span._.person = value
    return span
