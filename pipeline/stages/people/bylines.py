"""The writers of an article: every byline block is one writer's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.people.names import Found
from pipeline.stages.people.normalise import is_given_pinyin, is_mandarin_family, read_name

if TYPE_CHECKING:
    from pipeline.layout import Layout
    from pipeline.stages.people.scene import Scene


def find_writers(scene: Scene) -> list[Found]:
    """The names in the byline blocks, Chinese ones family name first."""
    layout: Layout | None = scene.doc._.layout
    blocks = [block for block in layout.blocks if block.kind == "byline"] if layout else []
    writers = []
    for block in blocks:
        span = scene.doc.char_span(block.start, block.end, alignment_mode="contract")
        if span is None:
            continue
        kept = [token.i for token in span if not token.is_space]
        if not kept or kept[0] in scene.organisation or not any(token.text[:1].isupper() for token in span):
            continue
        parts = scene.doc[kept[0] : kept[-1] + 1].text.split()
        name = read_name(" ".join(part.capitalize() if _is_shouted(part) else part for part in parts))
        writers.append(Found(kept[0], kept[-1] + 1, name, "byline", 0.95))
    return writers


def _is_shouted(part: str) -> bool:
    """Tell a name in capitals from initials: "LIN **XU**", "XU **FEI**", not "**JP** Marsh"."""
    return part.isupper() and (len(part) > 2 or is_mandarin_family(part) or is_given_pinyin(part))
