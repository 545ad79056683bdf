"""Which mentions mean one programme, and which groups of them are worth a record."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Doc

from pipeline.schema import Form
from pipeline.stages.programmes.lexicon import nominals
from pipeline.stages.programmes.mentions import Mention
from pipeline.stages.programmes.normalise import alike, stems

#: What a group's evidence must add up to (see `weigh`).
ENOUGH = 3


@dataclass(slots=True)
class Group:
    """The mentions of one programme, in text order, and the one that names it best."""

    names: list[Mention] = field(default_factory=list)
    mentions: list[tuple[Mention, Form]] = field(default_factory=list)
    stems: frozenset[str] = frozenset()
    in_headline: bool = False

    @property
    def best(self) -> Mention:
        """The name with the strongest head and the most said; the first of equals."""
        if self.names[0].bare:
            bare = [m for m, _ in self.mentions if m.bare and (m.plural or not self.names[0].plural)]
            return max(bare, key=lambda m: (m.head - m.start, -m.start))
        return max(self.names, key=lambda m: (m.proper, m.weight, m.topic is not None, -m.start))


def group_mentions(doc: Doc, mentions: list[Mention]) -> list[Group]:
    """Join the names that are alike, and give every nominal to the last group that it can mean."""
    groups: list[Group] = []
    for mention in mentions:
        if mention.bare:
            group = _meant(groups, doc, mention) or _of_zones(groups, mention) or _alone(groups, mention)
            if group is not None:
                group.mentions.append((mention, "nominal" if group.names else "name"))
                if not group.names:
                    group.names.append(mention)
                    group.stems = stems(doc[mention.start : mention.end].text)
            continue
        own = stems(doc[mention.start : mention.end].text)
        group = next((g for g in reversed(groups) if _same(g, mention, own)), None)
        if group is None:
            group = Group(in_headline=_in_headline(doc, mention))
            groups.append(group)
        group.names.append(mention)
        group.mentions.append((mention, "name"))
        group.stems |= own
    return groups


def _in_headline(doc: Doc, mention: Mention) -> bool:
    layout = doc._.layout
    blocks = layout.blocks if layout is not None else ()
    return any(block.kind == "headline" and block.start <= doc[mention.head].idx < block.end for block in blocks)


def _of_zones(groups: list[Group], mention: Mention) -> Group | None:
    """A group of its own for the country's free trade zones together, where the text names no single one."""
    if mention.kind != "free_trade_zone" or not mention.plural:
        return None
    groups.append(Group())
    return groups[-1]


def _alone(groups: list[Group], mention: Mention) -> Group | None:
    """A group of its own for "the pilot program" of an article that never says what is piloted."""
    if mention.family != "pilot" or mention.weight < 2 or not mention.definite or mention.plural:
        return None
    groups.append(Group())
    return groups[-1]


def _same(group: Group, mention: Mention, own: frozenset[str]) -> bool:
    first = group.names[0]
    families = {m.family for m in group.names}
    if _restates(group, mention) and alike(own, group.stems, loose=True):
        return True
    if mention.family not in families and not (mention.weight and first.kind == mention.kind):
        return False
    if first.bare and not mention.plural:
        return False
    if mention.proper and first.proper and mention.family in ("zone", "port"):
        return own == group.stems or own | {"china"} == group.stems | {"china"}
    again = _restates(group, mention) and not mention.definite and first.kind == mention.kind
    if again and own & group.stems:  # "… launches carbon trading program": "issued a program on carbon permits"
        return True
    return alike(own, group.stems, loose=group.in_headline and first.kind == mention.kind)


def _restates(group: Group, mention: Mention) -> bool:
    """Whether a name may be the body's first for what the headline names: neither is a zone nor a proper name."""
    first = group.names[0]
    return group.in_headline and len(group.names) == 1 and not {"zone", "port"} & {first.family, mention.family}


def _meant(groups: list[Group], doc: Doc, mention: Mention) -> Group | None:
    """The last group that "the program" can mean; an indefinite "a program" means none but its headline's."""
    word = doc[mention.head].lower_
    if not mention.definite and not mention.plural:
        return next((g for g in groups if word in {doc[m.head].lower_ for m in g.names}), None)
    families = nominals().get(word, frozenset({mention.family}))
    fitting = (g for g in reversed(groups) if families & {m.family for m in g.names})
    return next((g for g in fitting if g.best.plural or not (mention.plural and mention.family == "zone")), None)


def weigh(doc: Doc, group: Group, *, acted_on: bool, by_company: bool) -> int:
    """Evidence that a group is a programme with a name.

    A proper name says enough. Else a strong head counts 2 and a weak one 1, a topic and words of its own 1 each, a
    verb of launching or issuing 1, further mentions 1; a plural, a "plan to do" and a company behind it count against.
    """
    best = group.best
    score = 3 if best.proper else best.weight
    score += best.topic is not None
    score += best.own > 0
    score += acted_on
    together = group.names[0].bare
    score += len(group.mentions) > (2 if together else 1)
    if best.plural and not best.proper and not together and not (best.family == "zone" and best.own):
        score -= 1 if best.topic is not None else 2
    if best.topic is not None and doc[best.topic[0] - 1].lower_ == "to" and not _known(doc, best):
        score -= 2
    return score - 3 * by_company


def _known(doc: Doc, mention: Mention) -> bool:
    return mention.definite and mention.start > 0 and doc[mention.start - 1].lower_ == "the"
