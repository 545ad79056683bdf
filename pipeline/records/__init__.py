"""From an annotated `Doc` to the records of `schema.py`: ids, references, flags.

Ids are given in text order within a document, so that they never depend on who ran what when.
"""

from pipeline.records.document import to_document

__all__ = ["to_document"]
