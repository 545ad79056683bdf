"""The tables of a run: which there are, their columns, and the rows of a document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from pipeline.read.article import ReadError
from pipeline.schema import (
    Article,
    Claim,
    DateRecord,
    Document,
    Flag,
    Mention,
    NumberTrace,
    Organisation,
    Person,
    Programme,
    Record,
    Region,
    Statement,
)
from pipeline.write.cells import cell


class Table(NamedTuple):
    """A table: its name, which is also the field of `Document` that its rows come from, and their model."""

    name: str
    model: type[Record]

    @property
    def fields(self) -> tuple[str, ...]:
        """The columns after `doc_id`, in the order of the schema."""
        return tuple(name for name in self.model.model_fields if name != "doc_id")

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns: every table starts with `doc_id` and the record's own id."""
        return ("doc_id", *self.fields)


ARTICLES = Table("articles", Article)
#: The tables that a document has any number of rows in.
RECORDS = (
    Table("mentions", Mention),
    Table("regions", Region),
    Table("people", Person),
    Table("organisations", Organisation),
    Table("dates", DateRecord),
    Table("claims", Claim),
    Table("statements", Statement),
    Table("programmes", Programme),
    Table("flags", Flag),
    Table("coverage", NumberTrace),
)
ERROR_COLUMNS = ("doc_id", "source", "stage", "error")


def rows(document: Document) -> dict[str, list[str]]:
    """The rows of `document` as lines of CSV without the `doc_id`, a list for each of `RECORDS`."""
    return {table.name: [line(record, table.fields) for record in getattr(document, table.name)] for table in RECORDS}


def line(record: Record, fields: Iterable[str]) -> str:
    """The cells of one record, with commas between them."""
    values = record.__dict__
    return ",".join([cell(values[name]) for name in fields])


def article_line(article: dict[str, Any]) -> str:
    """A line of `articles.csv`, from the article's record as JSON has it."""
    return ",".join(cell(article[name]) for name in ARTICLES.columns)


def error_line(error: ReadError) -> str:
    """A line of `errors.csv`."""
    return ",".join(cell(getattr(error, name)) for name in ERROR_COLUMNS)
