from __future__ import annotations

import csv
import io

from pipeline.read.article import ReadError
from pipeline.schema import Document
from pipeline.write.tables import ARTICLES, RECORDS, article_line, error_line, rows
from tests.write.test_check import document


def test_every_kind_of_record_has_a_table() -> None:
    assert {table.name for table in RECORDS} == set(Document.model_fields) - {"article"}


def test_tables_start_with_the_document_and_the_records_own_id() -> None:
    for table in RECORDS:
        assert table.columns[0] == "doc_id"
        if table.name not in {"flags", "coverage"}:
            assert table.columns[1] == "id"
    assert ARTICLES.columns[0] == "doc_id"


def test_rows_have_a_cell_for_every_column() -> None:
    made = rows(document())
    for table in RECORDS:
        for line in made[table.name]:
            (row,) = csv.reader(io.StringIO(line))
            assert len(row) == len(table.fields)
    (claim,) = csv.DictReader(made["claims"], fieldnames=RECORDS[5].fields)
    assert (claim["id"], claim["value"], claim["speaker"], claim["evidence"]) == ("c1", "300", "p1", "measure=31:36")


def test_article_and_error_lines() -> None:
    line = article_line(document().article.model_dump(mode="json"))
    assert line.startswith("a,a.txt,,")
    assert line.count(",") == len(ARTICLES.columns) - 1
    assert error_line(ReadError("a", "=x.txt", "read", 'bad, "very"')) == 'a,\'=x.txt,read,"bad, ""very"""'
