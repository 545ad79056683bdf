"""Which stretches of a raw text are front matter, headline, byline, body and furniture.

``read_layout("Nav Search\\n\\nA headline\\n\\nBy Li Hua Source: Daily Updated: 2024-01-11\\n\\nBody.")`` keeps the
headline, the writer's name and the body in place and blanks the rest, so that offsets never move.
"""

from pipeline.layout.model import Block, BlockKind, Layout
from pipeline.layout.page import read_layout

__all__ = ["Block", "BlockKind", "Layout", "read_layout"]
