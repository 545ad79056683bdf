"""Articles for runs: paragraphs of the corpus, recombined, so that there are any number of different ones."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"


@cache
def paragraphs() -> tuple[str, ...]:
    """The sentences of the corpus by threes: long enough to be paragraphs of news."""
    from pipeline.layout import read_layout

    found: list[str] = []
    for path in sorted(CORPUS.glob("*.txt")):
        layout = read_layout(path.read_text("utf-8"))
        body = " ".join(layout.clean[one.start : one.end] for one in layout.blocks if one.kind == "body")
        sentences = [part.strip() + "." for part in body.split(". ") if len(part) > 20]
        found += [" ".join(sentences[i : i + 3]) for i in range(0, len(sentences), 3)]
    return tuple(found)


def texts(count: int, *, seed: int = 0, length: int = 3000) -> list[str]:
    """`count` different texts of about `length` characters; the same seed gives the same."""
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        parts: list[str] = []
        while sum(map(len, parts)) < length:
            parts.append(chance.choice(paragraphs()))
        made.append("\n\n".join(parts) + "\n")
    return made


def write_articles(folder: Path, count: int, *, seed: int = 0, length: int = 3000) -> Path:
    """`count` files in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate(texts(count, seed=seed, length=length)):
        (folder / f"article-{number:05}.txt").write_text(text, "utf-8")
    return folder
