"""`Extractor`: text in, records out, in this process."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.nlp import Settings, build_nlp, make_doc
from pipeline.read.article import RawArticle
from pipeline.read.decode import plain_text
from pipeline.records import to_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.schema import Document

#: Articles that go through the model together; measured best between 16 and 64 on articles of 500 words.
BATCH_SIZE = 32


class Extractor:
    """Extracts the records of articles; the model is loaded when the first one comes, and then kept.

    >>> Extractor().extract("Exports from Fujian rose 3 percent in May.", published="2024-06-20")  # doctest: +SKIP
    Document(article=Article(doc_id='text', …
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline with every stage."""
        return build_nlp(self.settings)

    def extract(
        self, text: str, *, published: str | date | None = None, title: str | None = None, doc_id: str = "text"
    ) -> Document:
        """Return the records of one text.

        `published` is the day that relative dates count from, as a `date` or as "YYYY-MM-DD" (ValueError otherwise);
        without it the text's own front matter says. Offsets count in `text` with its line ends turned into "\\n" and
        without a byte-order mark.
        """
        day = date.fromisoformat(published) if isinstance(published, str) else published
        return next(
            self.pipe([RawArticle(doc_id=doc_id, text=plain_text(text), source="", published=day, title=title)])
        )

    def pipe(self, articles: Iterable[RawArticle], *, batch_size: int = BATCH_SIZE) -> Iterator[Document]:
        """Stream the records of many articles, in their order."""
        for doc, source in self.docs(articles, batch_size=batch_size):
            yield to_document(doc, source)

    def docs(self, articles: Iterable[RawArticle], *, batch_size: int = BATCH_SIZE) -> Iterator[tuple[Doc, RawArticle]]:
        """Stream the annotated `Doc` of many articles, in their order; one that isn't English stays as it is."""
        pairs = ((self._doc(article), article) for article in articles)
        for is_english, group in groupby(pairs, key=lambda pair: pair[0]._.language == "en"):
            if is_english:
                yield from self.nlp.pipe(group, as_tuples=True, batch_size=batch_size)
            else:
                yield from group

    def _doc(self, article: RawArticle) -> Doc:
        return make_doc(
            self.nlp,
            article.text,
            title=article.title,
            published=article.published,
            default_published=article.default_published,
        )
