from __future__ import annotations

from pathlib import Path

import spacy

from pipeline.model import MODEL
from pipeline.parts_of_speech import replace_ruler

ARTICLES = Path(__file__).parents[1] / "corpus" / "articles"
#: What the ruler has patterns of more than a tag and a word for.
ODD = "There's nothing but trouble. I ain't gonna go; let's say y'all c'mon.  It does what it does. There are\n\n3. "


def test_the_same_as_the_ruler_of_the_model() -> None:
    """Every token of the corpus gets what the model's own attribute ruler gives it."""
    nlp = spacy.load(MODEL, exclude=["lemmatizer", "senter", "ner"])
    texts = [ODD, *(path.read_text("utf-8") for path in sorted(ARTICLES.glob("*.txt")))]
    expected = [[(token.text, token.tag_, token.pos_, token.dep_) for token in doc] for doc in nlp.pipe(texts)]
    replace_ruler(nlp)
    assert [[(token.text, token.tag_, token.pos_, token.dep_) for token in doc] for doc in nlp.pipe(texts)] == expected
