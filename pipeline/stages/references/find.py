"""The component `resolve_references`: Joins mentions to entities and resolves nominals and pronouns."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

if not Doc.has_extension("entities"):
    Doc.set_extension("entities", default=None)


@Language.component("resolve_references", assigns=["doc.spans", "doc._.entities"])
def resolve_references(doc: Doc) -> Doc:
    """Fill `doc.spans["references"]`."""
    doc.spans["references"] = []
    return doc
