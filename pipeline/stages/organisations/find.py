"""The component `find_organisations`: Names and descriptions of organisations."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

if not Span.has_extension("organisation"):
    Span.set_extension("organisation", default=None)


@Language.component("find_organisations", assigns=["doc.spans", "span._.organisation"])
def find_organisations(doc: Doc) -> Doc:
    """Fill `doc.spans["organisations"]`."""
    doc.spans["organisations"] = []
    return doc
