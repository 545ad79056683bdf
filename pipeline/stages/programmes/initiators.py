"""Who launched, issued or approved a programme: organisations that act on it in its clauses."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from pipeline.annotations import EntityMention, Ref
from pipeline.stages.programmes.clauses import Event, permits
from pipeline.stages.programmes.mentions import Mention

_ACTS = frozenset({"start", "issue", "announce", "run"})


class Actors:
    """The mentions of organisations by token, looked up often and built once."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        entities = doc._.entities
        found: list[EntityMention] = (
            [m for m in entities.mentions if m.kind == "organisation" and m.ref] if entities else []
        )
        self._by_start = {m.extent.start: m for m in found}
        self.kinds = {ref: value.kind for ref, value in entities.organisations.items()} if entities else {}

    def within(self, tokens: Iterable[Token]) -> list[Ref]:
        """The organisations whose mentions start at one of these tokens, each once."""
        refs = [self._by_start[t.idx].ref for t in tokens if t.idx in self._by_start]
        return list(dict.fromkeys(ref for ref in refs if ref is not None))

    def before(self, token: Token) -> list[Ref]:
        """The subject of the sentence, or of the one before, that "it" means."""
        for sentence in (token.sent, token.sent.start and self.doc[token.sent.start - 1].sent):
            if not sentence:
                continue
            subjects = [t for t in sentence if t.dep_ in ("nsubj", "nsubjpass") and t.i < token.i]
            for subject in subjects:
                if refs := self.within(subject.subtree):
                    return refs[:1]
        return []


def initiators_of(doc: Doc, mentions: Iterable[tuple[Mention, list[Event]]], actors: Actors) -> tuple[Ref, ...]:
    """The organisations behind a programme, in text order, each once."""
    refs: dict[Ref, None] = {}
    for mention, events in mentions:
        for event in events:
            if event.group in _ACTS:
                refs.update(dict.fromkeys(_actors(event, actors)))
        refs.update(dict.fromkeys(_possessor(doc, mention, actors)))
    return tuple(refs)


def _actors(event: Event, actors: Actors) -> list[Ref]:
    if event.subject is not None and event.active:
        tokens = actors.doc[slice(*event.subject)]
        return actors.before(tokens[0]) if tokens[0].lower_ in ("it", "they") else actors.within(tokens)
    for child in event.verb.children:
        if child.dep_ == "agent" or (child.lower_ == "by" and child.dep_ == "prep"):
            return actors.within(child.subtree)
        if child.dep_ == "nsubj" and event.active and event.group != "run":
            if child.lower_ in ("it", "they"):
                return actors.before(child)
            return actors.within(t for t in child.subtree if not _in_clause(t, child))
    return _permitting(event, actors)


def _permitting(event: Event, actors: Actors) -> list[Ref]:
    """Who lets others set it up: "the *State Council* approved 12 cities to **establish** a pilot zone"."""
    above = event.verb.head
    if event.group != "start" or not permits(above, event.verb):
        return []
    subjects = (child for child in above.children if child.dep_ == "nsubj")
    return [ref for subject in subjects for ref in actors.within(subject.subtree)]


def _in_clause(token: Token, top: Token) -> bool:
    """Whether a token sits in a relative clause below `top`: its organisations did something else."""
    while token not in (top, token.head):
        if token.dep_ in ("relcl", "acl"):
            return True
        token = token.head
    return False


def _possessor(doc: Doc, mention: Mention, actors: Actors) -> list[Ref]:
    """Whose plan it is: "the *State Council*'s guideline", "the *ministry*'s action plan"."""
    i = mention.start - 1
    if i < 1 or doc[i].text != "'s":
        return []
    start = i - 1
    while (
        start > 0 and doc[start].dep_ in ("compound", "poss", "nmod", "pobj", "prep") and not doc[start].is_sent_start
    ):
        start -= 1
    return actors.within(doc[start:i])
