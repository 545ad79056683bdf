"""What the stage looks up again and again in one document, laid out once: words, organisations, titles."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.resources import words
from pipeline.stages.people.normalise import chinese_name, mixed_name
from pipeline.stages.people.patterns import DOERS, is_class_noun, is_role_head

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span


#: An organisation of this confidence is one, whatever its words look like.
SURE = 0.9
#: What follows the title in an apposition.
CLOSERS = frozenset((",", ".", "in", "at", "from", "with", "of", "for", "who", "and"))


@dataclass(frozen=True, slots=True)
class Word:
    """Tokens that are one word for a reader: "Yuet-ngor" is three tokens and one word."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class Scene:
    """A document with an index of its tokens; `texts` and `lower` are read far more often than they change."""

    doc: Doc
    texts: list[str]
    lower: list[str]
    #: For every token the organisation span (start, end) that covers it, the longest one.
    organisation: dict[int, tuple[int, int]]
    #: Tokens that can head a title.
    heads: frozenset[int]
    sentence_starts: frozenset[int]
    #: For every token of a person found so far, the person's (start, end).
    person: dict[int, tuple[int, int]] = field(default_factory=dict)

    def text(self, index: int) -> str:
        """The token's text, or nothing outside the document."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def low(self, index: int) -> str:
        """The token's text in lower case, or nothing outside the document."""
        return self.lower[index] if 0 <= index < len(self.lower) else ""


def lay_out(doc: Doc) -> Scene:
    """Index `doc`, which carries its organisations."""
    texts = [token.text for token in doc]
    lower = [text.lower() for text in texts]
    covering: dict[int, tuple[int, int]] = {}
    for span in sorted(doc.spans.get("organisations", ()), key=lambda span: span.end - span.start):
        if _reads_as_person(span):
            continue
        for index in range(span.start, span.end):
            covering[index] = (span.start, span.end)
    heads = frozenset(i for i, text in enumerate(lower) if i not in covering and _is_head(doc, lower, i, text))
    return Scene(doc, texts, lower, covering, heads, _sentence_starts(doc, texts))


def _reads_as_person(span: Span) -> bool:
    """Tell a name that the organisations took for lack of a better reading: "Regina Ip Lau Suk-yee"."""
    value = span._.organisation
    if value is None or value.confidence >= SURE:
        return False
    doc, end = span.doc, span.end
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        end += 2
    parts = tuple(doc[span.start : end].text.split())
    return len(parts) <= 4 and (chinese_name(parts) or mixed_name(parts)) is not None


def _is_head(doc: Doc, lower: list[str], index: int, text: str) -> bool:
    """Tell the head of a title: a listed one, or a doer beside a name: "Li, a locomotive **examiner**, …".

    "said their **examiner**, Gulmira Emet", "**examiner** Gulmira Emet"; no "**carmaker** Geely".
    """
    if is_role_head(text):
        return True
    if not text.endswith(DOERS) or doc[index].tag_ != "NN" or text in words("people/relatives") or is_class_noun(text):
        return False
    after = index + 1 if index + 2 < len(lower) and lower[index + 1] == "," else index
    if doc[after].text in (",", text) and after + 1 < len(lower) and doc[after + 1].ent_type_ == "PERSON":
        return after == index or lower[index - 1] in ("their", "its", "his", "her", "the")
    opened = [at for at in range(max(1, index - 4), index) if lower[at] in ("a", "an") and lower[at - 1] == ","]
    return bool(opened) and index + 1 < len(lower) and lower[index + 1] in CLOSERS


def _sentence_starts(doc: Doc, texts: list[str]) -> frozenset[int]:
    """Where sentences begin for certain: the parser also parts "Carrie Lam | Cheng Yuet-ngor"."""
    blocks = {block.start for block in doc._.layout.blocks} if doc._.layout else set()
    return frozenset(
        token.i
        for token in doc
        if token.is_sent_start and (not token.i or token.idx in blocks or not texts[token.i - 1][-1].isalnum())
    )


def previous(scene: Scene, index: int) -> int:
    """The index of the token before `index` that is no white space, or -1."""
    index -= 1
    while index >= 0 and scene.texts[index].isspace():
        index -= 1
    return index


def following(scene: Scene, index: int) -> int:
    """The first index from `index` on that is no white space."""
    while index < len(scene.texts) and scene.texts[index].isspace():
        index += 1
    return index


def after_remark(scene: Scene, index: int) -> int:
    """The first index after a short remark in brackets: "Dai Lu **(right)**, head of …"."""
    index = following(scene, index)
    if scene.text(index) == "(" and index not in scene.heads:
        closing = next((at for at in range(index + 1, index + 5) if scene.text(at) == ")"), None)
        if closing is not None and not any(at in scene.heads for at in range(index, closing)):
            return following(scene, closing + 1)
    return index


def read_word(scene: Scene, index: int) -> Word:
    """The word that begins at a token, with what hyphens join to it."""
    doc, end = scene.doc, index + 1
    while end + 1 < len(doc) and scene.texts[end] == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        if not scene.texts[end + 1].isalpha():
            break
        end += 2
    return Word(index, end, "".join(scene.texts[index:end]))
