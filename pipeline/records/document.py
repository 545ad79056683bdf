"""`to_document`: an annotated `Doc` becomes a document of records."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.records.entities import (
    mention_records,
    mention_rows,
    numbered,
    organisation_records,
    person_records,
    region_records,
)
from pipeline.records.page import Page, group, make_page
from pipeline.records.stretches import (
    claim_records,
    date_record,
    number_traces,
    programme_record,
    statement_record,
)
from pipeline.schema import Article, Document, Flag

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.read.article import RawArticle


def to_document(doc: Doc, source: RawArticle) -> Document:
    """Turn an annotated `Doc` into its records; offsets count in `doc._.raw`.

    Every reference in the result is the id of a record in the result, or None.
    """
    page = make_page(doc)
    if doc._.language not in (None, "en"):
        message = f"the text is in {doc._.language}: only English is read"
        page.flags.append(Flag.model_construct(record=None, code="not-english", message=message))
    page.flags += [Flag.model_construct(record=None, code="bad-metadata", message=note) for note in source.notes]
    mentions = mention_rows(doc, page)
    regions = region_records(page, mentions)
    counted = numbered(page, page.entities.organisations, mentions, "o")
    people = person_records(page, mentions)
    organisations = organisation_records(page, counted)
    dates = [date_record(page, span, i) for i, span in enumerate(group(doc, "dates"), 1)]
    claims = claim_records(doc, page)
    statements = [statement_record(page, span, i) for i, span in enumerate(group(doc, "statements"), 1)]
    programmes = [programme_record(page, span, i) for i, span in enumerate(group(doc, "programmes"), 1)]
    return Document.model_construct(
        article=_article(doc, page, source),
        mentions=mention_records(page, mentions),
        regions=regions,
        people=people,
        organisations=organisations,
        dates=tuple(dates),
        claims=claims,
        statements=tuple(statements),
        programmes=tuple(programmes),
        flags=tuple(page.flags),
        coverage=number_traces(doc, page),
    )


def _article(doc: Doc, page: Page, source: RawArticle) -> Article:
    layout = doc._.layout
    published = source.published or layout.published or source.default_published
    words = sum(1 for token in doc if token.is_alpha or token.like_num)
    return Article.model_construct(
        doc_id=source.doc_id,
        source=source.source,
        sha256=sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest(),
        title=source.title or layout.title,
        authors=tuple(source.authors) or layout.authors,
        publisher=source.publisher or layout.publisher,
        published=published.isoformat() if published else None,
        dateline_place=layout.dateline_place,
        url=source.url,
        language=doc._.language or "en",
        n_sentences=len(page.sentences),
        n_words=words,
        encoding=source.encoding,
        duplicate_of=None,
    )
