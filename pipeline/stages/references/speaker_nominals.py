"""Resolves the words for a speaker that no title explains: "said the rice breeder", "the 46-year-old said"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.people.patterns import is_role_head, is_speech
from pipeline.stages.references.nominal_mentions import Reference

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from pipeline.annotations import Ref
    from pipeline.stages.references.people import People
    from pipeline.stages.references.setting import Setting

#: How many sentences back the one person may have been named.
REACH = 3
#: "the 46-year-old wheat farmer", "the rice breeder": so many words stand between article and head.
MAX_WORDS = 7


def find_speaker_nominals(doc: Doc, setting: Setting, people: People, taken: frozenset[int]) -> list[Reference]:
    """The phrases for a speaker that can only mean the one person of the sentences before.

    A person whose titles are known is never meant by another title; where a nameless one was brought in ("a farmer
    said … the farmer said"), nobody is.
    """
    indefinite: set[str] = set()
    found = []
    for token in doc:
        if token.lower_ in ("a", "an") and token.i >= setting.headline_end:
            indefinite.update(other.lower_ for other in doc[token.i + 1 : token.i + 4])
        if token.lower_ != "the" or token.i in taken or token.i in setting.named:
            continue
        end = _phrase_end(doc, setting, token.i)
        if end is None or doc[end - 1].lower_ in indefinite or not _speaks(doc, token.i, end):
            continue
        ref = _only_person(setting, people, token.i)
        if ref is not None and end - 1 not in taken:
            found.append(Reference(token.i, end, "person", ref, "nominal-speaker", subject=True))
    return found


def _phrase_end(doc: Doc, setting: Setting, index: int) -> int | None:
    """Where "the rice breeder" or "the 46-year-old" ends, or None where a phrase is another."""
    for end in range(index + 2, min(index + 2 + MAX_WORDS, len(doc) + 1)):
        last = doc[end - 1]
        if last.i in setting.named or last.is_space or not (last.is_alpha or last.text == "-" or last.like_num):
            return None
        follows = doc[end] if end < len(doc) else None
        if follows is not None and _leads_on(follows) and not _is_aged(doc, index, end, follows):
            continue
        aged = last.lower_ == "old" and doc[end - 2].text == "-"
        return end if aged or (is_role_head(last.lower_) and last.text.islower()) else None
    return None


def _leads_on(follows: Token) -> bool:
    return follows.text == "-" or follows.tag_ in ("NN", "NNS", "NNP", "POS", "JJ", "IN")


def _is_aged(doc: Doc, start: int, end: int, follows: Token) -> bool:
    """Tell "said **the 52-year-old farmer** from Heping", one person, from "the engineer from Heping"."""
    return follows.lower_ == "from" and "old" in {token.lower_ for token in doc[start:end]}


def _speaks(doc: Doc, start: int, end: int) -> bool:
    before = doc[start - 1].text if start else ""
    after = doc[end].text if end < len(doc) else ""
    return is_speech(before) or is_speech(after)


def _only_person(setting: Setting, people: People, token: int) -> Ref | None:
    """The last person named in the sentences before, if of theirs it is the only one of whom no title is known."""
    sentence = setting.sentence(token)
    near = [m for m in people.mentions if m.start < token and not m.value.is_author and sentence - m.sentence <= REACH]
    untitled = {mention.ref for mention in near if not people.roles(mention.ref)}
    return near[-1].ref if near and untitled == {near[-1].ref} else None
