"""A run's tables as pandas frames, with the types that the schema gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.write.tables import ARTICLES, RECORDS

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame

#: Columns that are numbers; all others are texts, codes such as "110000" among them.
NUMBERS = frozenset(
    {"start", "end", "cue_start", "cue_end", "first", "sentence", "mentions", "n_sentences", "n_words", "confidence"}
    | {"value_high", "latitude", "longitude", "declared_regions"}
)
#: Columns whose name means a number in one table and a text in another.
NUMBERS_OF = {"claims": frozenset({"value"}), "programmes": frozenset({"declared_regions", "first", "mentions"})}
TEXTS_OF = {"programmes": frozenset({"start", "end"})}
TRUTHS = frozenset({"is_author", "resolved"})
LISTS = frozenset({"authors", "regions", "roles", "initiators", "members", "candidates"})


def read_frames(run: Path | str) -> dict[str, DataFrame]:
    """Read every table of a run folder: ``read_frames("runs/march")["claims"]``.

    Empty cells are missing values, lists are lists, and the apostrophe that guards a cell against spreadsheets is
    taken off. Raises FileNotFoundError for a folder that is no run.
    """
    from pathlib import Path

    folder = Path(run)
    return {table.name: _frame(folder / f"{table.name}.csv", table.name) for table in (ARTICLES, *RECORDS)}


def _frame(path: Path, name: str) -> DataFrame:
    import pandas as pd

    frame = pd.read_csv(path, dtype="str", keep_default_na=False, na_values=[""], encoding="utf-8")
    numbers = (NUMBERS | NUMBERS_OF.get(name, frozenset())) - TEXTS_OF.get(name, frozenset())
    for column in frame.columns:
        if column in numbers:
            frame[column] = pd.to_numeric(frame[column])
        elif column in TRUTHS:
            frame[column] = frame[column] == "true"
        elif column in LISTS:
            frame[column] = [cell.split("; ") if isinstance(cell, str) else [] for cell in frame[column]]
        else:
            frame[column] = frame[column].str.removeprefix("'")
    return frame
