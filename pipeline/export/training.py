"""Training data: spaCy's binary documents, and CoNLL-2003 columns."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, DocBin

    from pipeline.export.reading import Exported, Stretch

#: spaCy's span categoriser reads this group unless told otherwise (spacy.io/api/spancategorizer).
SPANS_KEY = "sc"


def spacy_bin(documents: Iterable[Exported]) -> DocBin:
    """Documents with every stretch in `doc.spans["sc"]` and the disjoint names in `doc.ents`.

    A stretch that does not fall on token boundaries is widened to them.
    """
    import spacy
    from spacy.tokens import DocBin

    nlp = spacy.blank("en")
    out = DocBin(store_user_data=True)
    for document in documents:
        out.add(_doc(nlp, document))
    return out


def _doc(nlp: Language, document: Exported) -> Doc:
    doc = nlp.make_doc(document.text)
    spans = [_span(doc, stretch) for stretch in document.stretches()]
    doc.spans[SPANS_KEY] = [span for span in spans if span is not None]
    names = [_span(doc, stretch) for stretch in document.disjoint() if stretch.label not in ("claim", "cue")]
    whole = [span for span in names if span is not None]
    doc.ents = [a for a, b in pairwise([*whole, doc[len(doc) :]]) if a.end <= b.start]
    doc.user_data["doc_id"] = document.doc_id
    return doc


def _span(doc: Doc, stretch: Stretch):  # type: ignore[no-untyped-def]  # spaCy's char_span is loosely typed
    return doc.char_span(stretch.start, stretch.end, label=stretch.label, alignment_mode="expand")


def conll(documents: Iterable[Exported]) -> Iterator[str]:
    """Lines "token -X- -X- TAG" with IOB2 tags, a blank line after a sentence, `-DOCSTART-` before each document.

    The columns are those of the CoNLL-2003 shared task; the two in the middle are left open.
    """
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    for document in documents:
        yield "-DOCSTART- -X- -X- O"
        yield ""
        doc = nlp(document.text)
        tags = _tags(doc, document)
        for sentence in doc.sents:
            rows = [f"{token.text} -X- -X- {tags[token.i]}" for token in sentence if not token.text.isspace()]
            if rows:
                yield from rows
                yield ""


def _tags(doc: Doc, document: Exported) -> list[str]:
    tags = ["O"] * len(doc)
    for stretch in document.disjoint():
        span = _span(doc, stretch)
        if span is not None and all(tags[i] == "O" for i in range(span.start, span.end)):
            tags[span.start : span.end] = [f"I-{stretch.label}"] * (span.end - span.start)
            tags[span.start] = f"B-{stretch.label}"
    return tags
