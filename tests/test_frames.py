"""A run as pandas frames: the types of the schema, and nothing of what a spreadsheet needs."""

from __future__ import annotations

from pathlib import Path

import pytest
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from pipeline import read_frames
from pipeline.schema import Claim, Document

SAMPLE = Path(__file__).parents[1] / "outputs" / "sample"


def test_the_sample_run_has_the_types_of_the_schema() -> None:
    frames = read_frames(SAMPLE)
    assert set(frames) == {"articles", *Document.model_fields} - {"article"}
    claims = frames["claims"]
    assert set(Claim.model_fields) <= set(claims.columns)
    assert is_numeric_dtype(claims["value"])
    assert set(claims["comparator"]) <= {"=", "~", ">", ">=", "<", "<="}
    assert frames["regions"].set_index("name").loc["Beijing", "adcode"] == "110000"
    assert is_bool_dtype(frames["people"]["resolved"])
    assert claims["regions"].map(type).eq(list).all()


def test_every_surface_is_in_its_text() -> None:
    for _, row in read_frames(SAMPLE)["claims"].iterrows():
        text = (SAMPLE / "texts" / f"{row['doc_id']}.txt").read_text("utf-8")
        assert text[row["start"] : row["end"]] == row["text"]


def test_a_folder_that_is_no_run(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_frames(tmp_path)
