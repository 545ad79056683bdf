"""Pages of every shape against their labels in `layouts.yaml`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.layout import Layout, read_layout

KINDS = {"h": "headline", "a": "byline", "b": "body"}
TAG = re.compile(r"<(/?)([hab])>")
PAGES = yaml.safe_load(Path(__file__).with_name("layouts.yaml").read_text("utf-8"))


def unmark(marked: str) -> tuple[str, list[tuple[str, str]]]:
    """The page without its marks, and what they hold: (kind, words)."""
    held = [(KINDS[m[1]], TAG.sub("", m[2])) for m in re.finditer(r"<([hab])>(.*?)</\1>", marked, re.DOTALL)]
    return TAG.sub("", marked), held


def layout_of(page: dict[str, Any]) -> tuple[str, list[tuple[str, str]], Layout]:
    text, held = unmark(page["text"])
    return text, held, read_layout(text, **page.get("given", {}))


def cases() -> list[Any]:
    return [
        pytest.param(
            page,
            id=page["name"],
            marks=pytest.mark.xfail(strict=True, reason=page["known_failure"]) if "known_failure" in page else (),
        )
        for page in PAGES
    ]


@pytest.mark.parametrize("page", cases())
def test_blocks(page):
    text, held, layout = layout_of(page)
    assert [(block.kind, text[block.start : block.end]) for block in layout.blocks] == held


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_front_matter(page):
    _, _, layout = layout_of(page)
    want = page["want"]
    got = {
        "title": layout.title,
        "authors": list(layout.authors),
        "publisher": layout.publisher,
        "published": layout.published,
        "dateline_place": layout.dateline_place,
        "dateline_date": layout.dateline_date,
    }
    if "known_failure" in page:
        got |= {"dateline_place": want.get("dateline_place")}
    assert got == {key: want.get(key, [] if key == "authors" else None) for key in got}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["name"])
def test_clean_text_keeps_every_offset(page):
    text, _, layout = layout_of(page)
    assert len(layout.clean) == len(text)
    inside = [False] * len(text)
    for block in layout.blocks:
        inside[block.start : block.end] = [True] * (block.end - block.start)
    assert all(char == " " for char, keep in zip(layout.clean, inside, strict=True) if not keep)
    kept = [(raw, char) for raw, char, keep in zip(text, layout.clean, inside, strict=True) if keep]
    assert all(raw == char for raw, char in kept if raw.isascii() and raw.isalnum() and "&" not in text)
