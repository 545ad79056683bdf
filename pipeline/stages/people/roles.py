"""The job titles of every person: joined ones, and those that one word gives to several people."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.annotations import Extent, Role
from pipeline.stages.people.owners import continues, find_owner
from pipeline.stages.people.patterns import is_plural_head, is_speech
from pipeline.stages.people.phrases import RolePhrase, first_modifier, read_phrase
from pipeline.stages.people.scene import Scene, after_remark, following, previous

#: The sentence before a title that opens one is read so far back.
LONG_SENTENCE = 60
#: … and a relative clause behind it so far on.
LONG_CLAUSE = 20

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc


def find_roles(scene: Scene, people: list[tuple[int, int]]) -> dict[int, list[RolePhrase]]:
    """The titles of every person, by the index of the person's first token."""
    starts = {start: (start, end) for start, end in people}
    ends = {end: (start, end) for start, end in people}
    ends |= {after_remark(scene, end): spot for end, spot in ends.items()}
    roles: dict[int, list[RolePhrase]] = {}
    for chain in _chains(scene):
        owners = (find_owner(scene, replace(phrase, outer=chain[0].outer), starts, ends) for phrase in reversed(chain))
        owner = next((found for found in owners if found is not None), None)
        owner = owner if owner is not None else _described(scene, chain[0], chain[-1].end, starts)
        if owner is not None:
            roles.setdefault(owner, []).extend(_share_employers(chain))
    for owner, phrase in _plural_roles(scene, starts):
        roles.setdefault(owner, []).append(phrase)
    return roles


def _described(scene: Scene, phrase: RolePhrase, end: int, starts: dict[int, tuple[int, int]]) -> int | None:
    """The person whom a title means that opens the next sentence and names an employer.

    "**Enno Raab** has sold his flat. **The chief engineer of Moxu Robotics** moved to Wuxi in May." Where the phrase
    speaks ("The director of the bureau said"), it may be somebody else.
    """
    opens = phrase.outer in scene.sentence_starts and scene.lower[phrase.outer] == "the"
    if not opens or phrase.employer is None or phrase.outer == 0:
        return None
    verb = _behind_clause(scene, following(scene, end))
    if scene.doc[min(verb, len(scene.doc) - 1)].tag_ not in ("VBD", "VBZ", "MD") or is_speech(scene.text(verb)):
        return None
    before = phrase.outer - 1
    while before > max(0, phrase.outer - LONG_SENTENCE) and before not in scene.sentence_starts:
        before -= 1
    named = [starts[at] for at in range(before, phrase.outer) if at in starts]
    if len(named) != 1:
        return None
    start, stop = named[0]
    acts = scene.doc[min(stop, len(scene.doc) - 1)].tag_ in ("VBD", "VBZ", "MD", "RB")
    subject = start == before or acts or scene.doc[stop - 1].dep_ == "nsubj"
    return start if subject and " " in scene.doc[start:stop].text else None


def _behind_clause(scene: Scene, index: int) -> int:
    """Where a sentence goes on behind a relative clause: "The manager of Moxu, **which runs a mill,** borrowed …"."""
    if scene.text(index) != "," or scene.low(index + 1) not in ("which", "who", "whose"):
        return index
    commas = (at for at in range(index + 2, min(index + LONG_CLAUSE, len(scene.texts))) if scene.texts[at] == ",")
    return following(scene, next(commas, index) + 1)


def _chains(scene: Scene) -> Iterator[list[RolePhrase]]:
    """The titles of a document, those that are joined ("founder and chairman of X") together."""
    chain: list[RolePhrase] = []
    done = 0
    for head in sorted(scene.heads):
        phrase = read_phrase(scene, head) if head >= done and head not in scene.person else None
        if phrase is None:
            continue
        done = phrase.head_end
        if chain and not continues(scene, chain[-1].end, phrase):
            yield chain
            chain = []
        chain.append(phrase)
    if chain:
        yield chain


def _share_employers(chain: list[RolePhrase]) -> list[RolePhrase]:
    """Give joined titles the employer that is named once: "**founder** and CEO of X", "X's founder and **CEO**"."""
    return _inherit(_inherit(chain[::-1])[::-1])


def _inherit(chain: list[RolePhrase]) -> list[RolePhrase]:
    """Pass an employer on to the titles after it that have no attribute of their own."""
    passed: list[RolePhrase] = []
    for phrase in chain:
        bare = phrase.employer is None and phrase.end == phrase.head_end
        passed.append(replace(phrase, employer=passed[-1].employer) if bare and passed else phrase)
    return passed


def _plural_roles(scene: Scene, starts: dict[int, tuple[int, int]]) -> Iterator[tuple[int, RolePhrase]]:
    """A title for several people: "**Economists** Li Daokui and Yao Yang"."""
    for start, spot in starts.items():
        head = previous(scene, start)
        if head < 0 or head in scene.person or not is_plural_head(scene.lower[head]):
            continue
        first = first_modifier(scene, head)
        phrase = RolePhrase(first, first, head + 1, head + 1, head + 1, None)
        person: tuple[int, int] | None = spot
        while person is not None:
            yield person[0], phrase
            person = _next_in_list(scene, person[1], starts)


def _next_in_list(scene: Scene, index: int, starts: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """The person after a comma or "and": "Li Daokui **and** Yao Yang"."""
    while scene.low(index) in (",", "and"):
        index += 1
        if index in starts:
            return starts[index]
    return None


def to_role(doc: Doc, phrase: RolePhrase) -> Role:
    """The typed role with its extents in the text."""
    text = " ".join(doc[phrase.start : phrase.role_end].text.split())
    employer = to_extent(doc, *phrase.employer) if phrase.employer else None
    return Role(text, to_extent(doc, phrase.start, phrase.role_end), employer)


def to_extent(doc: Doc, start: int, end: int) -> Extent:
    """The characters of some tokens."""
    return Extent(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]))
