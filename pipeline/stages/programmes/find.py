"""The component `find_programmes`: Policy programmes, plans, pilots and zones."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

if not Span.has_extension("programme"):
    Span.set_extension("programme", default=None)


@Language.component("find_programmes", assigns=["doc.spans", "span._.programme"])
def find_programmes(doc: Doc) -> Doc:
    """Fill `doc.spans["programmes"]`."""
    doc.spans["programmes"] = []
    return doc
