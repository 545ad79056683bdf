"""A run of the sample article in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.run_folder import write_run

CORPUS = Path(__file__).parents[2] / "corpus" / "articles"


@pytest.fixture(scope="session")
def extracted(nlp: object) -> dict[str, str]:
    """The lines of `records.jsonl` by doc_id, for two articles of the corpus."""
    from pipeline.extractor import Extractor

    extractor = Extractor()
    extractor.__dict__["nlp"] = nlp
    files = [
        CORPUS / "pilot-programs-2024-01-11.txt",
        next(f for f in sorted(CORPUS.glob("*.txt")) if "2024-01-11" not in f.name),
    ]
    texts = {file.stem: file.read_text("utf-8") for file in files}
    return {doc_id: extractor.extract(text, doc_id=doc_id).model_dump_json() for doc_id, text in texts.items()}


@pytest.fixture
def run(tmp_path: Path, extracted: dict[str, str]) -> Path:
    """A run folder with records and texts."""
    texts = {doc_id: (CORPUS / f"{doc_id}.txt").read_text("utf-8") for doc_id in extracted}
    return write_run(tmp_path / "run", extracted, texts)
