"""The one place where spaCy is loaded, and the stages in their order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layout import Layout, read_layout
from pipeline.model import MODEL, check_model
from pipeline.parts_of_speech import replace_ruler
from pipeline.read.language import language_of

#: The stages in order. Each is a spaCy component that fills one span group of its `Doc`.
STAGES = (
    "find_dates",
    "find_organisations",
    "find_people",
    "find_regions",
    "resolve_references",
    "find_statements",
    "find_claims",
    "find_programmes",
)

#: Components of the statistical model that no stage reads.
UNUSED = ("lemmatizer", "senter")


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a result besides the text: the spaCy pipeline and the user's own gazetteer table."""

    model: str = MODEL
    gazetteer: str | None = None


class TextTooLongError(ValueError):
    """A text that the statistical model does not take at once; the message says how long one may be."""


def build_nlp(settings: Settings | None = None) -> Language:
    """Load the model and add every stage; the one call that reads a model from disk.

    Raises `ModelError` where the model is missing, or a known one has other files than it should.
    """
    settings = settings or Settings()
    check_model(settings.model)
    nlp = spacy.load(settings.model, exclude=list(UNUSED))
    replace_ruler(nlp)
    nlp.add_pipe("start_blocks", first=True)
    for name in STAGES:
        nlp.add_pipe(name, config={"gazetteer": settings.gazetteer} if name == "find_regions" else {})
    return nlp


def make_doc(
    nlp: Language,
    text: str,
    *,
    title: str | None = None,
    published: date | None = None,
    default_published: date | None = None,
) -> Doc:
    """Tokenise what `read_layout` keeps of `text`; `Token.idx` counts in `text` itself.

    The `Doc` carries `doc._.raw` (the text as given), `doc._.layout`, `doc._.language` and `doc._.anchor`, the day
    that relative dates count from: the published date, else the page's, else the dateline's, else the default. Of a
    text that isn't English nothing is read.
    """
    layout = read_layout(text, title=title, published=published or default_published)
    language = language_of(layout.clean if any(block.kind == "body" for block in layout.blocks) else text)
    if language != "en":
        layout = replace(layout, clean="", blocks=())
    if len(layout.clean) > nlp.max_length:
        raise TextTooLongError(
            f"{len(text):,} characters are too many for one article: split it, at most {nlp.max_length:,}"
        )
    doc = nlp.make_doc(layout.clean)
    doc._.raw = text
    doc._.layout = layout
    doc._.language = language
    doc._.anchor = _usable(published or layout.published or layout.dateline_date or default_published)
    return doc


def _usable(day: date | None) -> date | None:
    """A day from which one can count some centuries on and back; None for one at an end of the calendar."""
    return day if day and date(1000, 1, 1) <= day <= date(9000, 1, 1) else None


@Language.component("start_blocks", assigns=["token.is_sent_start"])
def start_blocks(doc: Doc) -> Doc:
    """Let a sentence start with every block, so that no parse runs from a headline into the body."""
    layout: Layout | None = doc._.layout
    starts = iter(block.start for block in layout.blocks) if layout else iter(())
    start = next(starts, None)
    for token in doc:
        if start is not None and token.idx + len(token) > start and not token.is_space:
            token.is_sent_start = True
            start = next(starts, None)
    return doc


for _name in ("raw", "layout", "language", "anchor", "entities", "numbers"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
