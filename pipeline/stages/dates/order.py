"""In which order the expressions of a block are worked out: what leans on a time comes after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.stages.dates.resolve import is_basis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.stages.dates.lexemes import Lexemes
    from pipeline.stages.dates.ranges import Linked

_SENTENCE_ENDS = frozenset({".", "!", "?", ";"})
_CLAUSE_ENDS = _SENTENCE_ENDS | {",", ":", "(", ")"}


def by_dependence(lex: Lexemes, items: Sequence[Linked]) -> list[Linked]:
    """Put a look back behind the times of its clause where its sentence has named none before it.

    "Trade rose 12 percent from **a year earlier** to 6 billion yuan from January to June": the year earlier is that of
    January to June.
    """
    order: list[Linked] = []
    waiting: Linked | None = None
    for k, item in enumerate(items):
        if waiting is not None and _parted(lex, items[k - 1], item, _CLAUSE_ENDS):
            order.append(waiting)
            waiting = None
        opens = k == 0 or _parted(lex, items[k - 1], item, _SENTENCE_ENDS)
        if opens and is_basis(item.found.node):
            waiting = item
        else:
            order.append(item)
    return order if waiting is None else [*order, waiting]


def _parted(lex: Lexemes, left: Linked, right: Linked, signs: frozenset[str]) -> bool:
    """Whether one of the signs stands between two expressions."""
    return not signs.isdisjoint(lex.words[left.found.last : right.found.first])
