"""Measure everything and print it as a table: `python -m tests.benchmarks`, or some of it by name."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from tests.benchmarks import measure

ALL = ("whole", "workers", "memory", "resume", "first_article")


def main(names: list[str]) -> int:
    """Print what `names` measure (everything without names); 1 if a bound isn't kept."""
    console = Console(width=120)
    if not names or "stages" in names:
        table = Table("step", "of bare nlp.pipe", title="Stage by stage")
        for name, part in measure.stages():
            table.add_row(name, f"{part:.3f}")
        console.print(table)
    found = [getattr(measure, name)() for name in (names or ALL) if name != "stages"]
    table = Table("what", "measured", "bound", "", "how", title="Ratios")
    for one in found:
        bound = f"{'≤' if one.at_most else '≥'} {one.bound:g}{one.unit}"
        table.add_row(one.name, f"{one.value:.2f}{one.unit}", bound, "yes" if one.holds else "NO", one.how)
    console.print(table)
    return 0 if all(one.holds for one in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
