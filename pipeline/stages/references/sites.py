"""Whose a plant, a mine or a farm is that a title means: "a mine of Lanqiao Coal … Li Hua, head of **the mine**"."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import TYPE_CHECKING

from pipeline.resources import words

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.annotations import Ref
    from pipeline.stages.references.bodies import Bodies
    from pipeline.stages.references.setting import Setting

#: How many sentences, and words, back the site may have been named with its owner.
REACH, FAR = 3, 150
#: How many words may stand between an owner and its site: "Lanqiao Coal's **open-pit** mine".
BETWEEN = 6
RUNS = frozenset({"run", "operated", "owned", "built", "managed"})
ARTICLES = frozenset({"the", "a", "an"})


def owner_of_site(doc: Doc, setting: Setting, bodies: Bodies, noun: int) -> Ref | None:
    """The one body that the sentences before name as the owner of the site that the token `noun` means.

    None where they name several, or the noun is no listed site's.
    """
    site, sentence = doc[noun].lower_, setting.sentence(noun)
    if site not in words("references/sites"):
        return None
    first = max(0, noun - FAR)
    at = [bisect_left(bodies.mentions, edge, key=attrgetter("start")) for edge in (first, noun)]
    near = bodies.mentions[slice(*at)]
    starts, ends = {body.start: body.ref for body in near}, {body.end: body.ref for body in near}
    found = set()
    for i in range(noun - 1, first, -1):
        if sentence - setting.sentence(i) > REACH:
            break
        if doc[i].lower_ == site and (ref := _behind(doc, i, starts) or _before(doc, i, ends)):
            found.add(ref)
    return found.pop() if len(found) == 1 else None


def _behind(doc: Doc, site: int, starts: dict[int, Ref]) -> Ref | None:
    """The owner in "mine **of** the Lanqiao Coal Co", "plant **run by** Moxu"."""
    i = site + 1
    if i + 1 < len(doc) and doc[i].lower_ in RUNS and doc[i + 1].lower_ == "by":
        i += 2
    elif i < len(doc) and doc[i].lower_ == "of":
        i += 1
    else:
        return None
    return starts.get(i + 1 if i < len(doc) and doc[i].lower_ in ARTICLES else i)


def _before(doc: Doc, site: int, ends: dict[int, Ref]) -> Ref | None:
    """The owner in "Moxu**'s** glass plant"."""
    mark = next((i for i in range(site - 1, max(site - BETWEEN, 0), -1) if doc[i].lower_ in ("'s", "'")), None)
    return ends.get(mark) if mark is not None else None
