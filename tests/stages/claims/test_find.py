"""What must hold of every document: spans, coverage, flags, speed on hostile text."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
import spacy

from pipeline.nlp import make_doc
from pipeline.stages.claims.atoms import split_atoms
from pipeline.stages.claims.find import find_claims
from pipeline.stages.claims.quantities import find_quantities
from tests.stages.claims.labels import examples

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


def _read(nlp: Language, text: str, published: date = date(2024, 3, 15)) -> Doc:
    return next(nlp.pipe([make_doc(nlp, text, published=published)]))


def test_every_digit_is_accounted_for(nlp: Language) -> None:
    for example in examples()[::7]:
        doc = _read(nlp, example.text)
        covered = {i for number in doc._.numbers for i in range(*number.extent)}
        digits = {match.start() for match in re.finditer(r"\d", doc.text)}
        assert digits <= covered, example.text


@pytest.mark.parametrize("groups", [3, 6, 7, 8, 30, 2000])
def test_comma_groups_are_one_number(nlp: Language, groups: int) -> None:
    """However long it is: a claim with its value, or one row of the coverage, never a piece of it."""
    number = "1" + ",000" * groups
    doc = _read(nlp, f"It has {number} firms.")
    assert [number] == [doc.text[n.extent.start : n.extent.end] for n in doc._.numbers]
    values = [span._.claim.value for span in doc.spans["claims"]]
    assert values == ([10 ** (3 * groups)] if groups < 6 else [])


def test_claims_and_coverage_agree(nlp: Language) -> None:
    for example in examples()[::11]:
        doc = _read(nlp, example.text)
        claims = [span._.claim.extent.start for span in doc.spans["claims"]]
        assert [n.record for n in doc._.numbers if n.outcome == "claim"] == claims
        assert claims == sorted(set(claims))
        dates = {span.start_char for span in doc.spans["dates"]}
        assert all(n.record in dates for n in doc._.numbers if n.outcome == "date" and n.record is not None)


def test_slots_point_at_the_text(nlp: Language) -> None:
    for example in examples()[::5]:
        doc = _read(nlp, example.text)
        for span in doc.spans["claims"]:
            claim = span._.claim
            for slot, extent in claim.evidence.items():
                assert 0 <= extent.start < extent.end <= len(example.text), slot
            if claim.modifier is not None:
                assert claim.modifier == example.text[slice(*claim.evidence["modifier"])]
            if claim.measure is not None and claim.measure in example.text and "measure" in claim.evidence:
                written = example.text[slice(*claim.evidence["measure"])]
                assert claim.measure in " ".join(written.split()) or "verb-heading" in claim.rule


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The zone has 48 firms, including 169 from abroad.", "part-exceeds-whole"),
        ("The road cost 70 million yuan ($92 million).", "conversion-rate"),
        ("The plan covers four cities: Nanjing, Wuxi and Suzhou.", "list-count-mismatch"),
        (
            "In 2022, Gansu's wheat output hit 3 million tonnes. In 2022, Gansu's wheat output hit 4 million tonnes.",
            "conflicting-values",
        ),
    ],
)
def test_flags(nlp: Language, text: str, code: str) -> None:
    doc = _read(nlp, text)
    assert code in [flag.code for span in doc.spans["claims"] for flag in span._.claim.flags]


@pytest.mark.parametrize(
    "text",
    [
        "The zone has 748 firms, including 169 from abroad.",
        "The road cost 70 million yuan ($9.7 million).",
        "The plan covers three cities: Nanjing, Wuxi and Suzhou.",
        "Sales rose from 20 million yuan in 2021 to 30 million yuan in 2022.",
        "In May, Anhui's grain output rose 2.4 percent year on year. In May, Anhui's grain output rose 0.5 percent "
        "month on month.",
        "In 2023, Gansu's tax revenue rose 6 percent. Gansu's tax revenue rose 3 percent before.",
    ],
)
def test_sound_claims_have_no_flag(nlp: Language, text: str) -> None:
    doc = _read(nlp, text)
    codes = {flag.code for span in doc.spans["claims"] for flag in span._.claim.flags}
    assert codes <= {"low-confidence"}


def test_confidence_is_a_share(nlp: Language) -> None:
    for example in examples()[::9]:
        doc = _read(nlp, example.text)
        assert all(0 < span._.claim.confidence <= 1 for span in doc.spans["claims"])


@pytest.mark.parametrize("text", ["", " ", "…", "No figures here.", "1", "$", "%", "- - -", "5 5 5", "ten", "½ of it"])
def test_odd_texts(nlp: Language, text: str) -> None:
    doc = _read(nlp, text)
    assert all(span._.claim is not None for span in doc.spans["claims"])


HOSTILE = {
    "comma groups": "1" + ",000" * 20_000,
    "broken comma groups": "1" + ",000" * 20_000 + ",0",
    "odd comma groups": "12,3456," * 8_000,
    "digits": "1" * 20_000,
    "groups": "1," + "111," * 8_000,
    "points": "1." * 10_000,
    "hyphens": "5-" * 10_000,
    "words": "twenty " * 4_000,
    "scales": "million " * 4_000,
    "of": "thousands of " * 3_000,
    "ranges": "1 to " * 5_000,
    "and": "1 and " * 5_000,
    "commas": "1, " * 8_000,
    "signs": "US$" * 6_000,
    "spaces": "5" + " " * 20_000 + "percent",
    "letters": "x" * 30_000 + "5",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_stay_linear(name: str) -> None:
    """The whole stage on text that no parser has seen: one endless sentence, every number in it."""
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")

    def seconds(text: str) -> float:
        doc = blank(text)
        begin = time.perf_counter()
        find_claims(doc)
        return time.perf_counter() - begin

    text = HOSTILE[name][:12_000]
    seconds(text[:200])
    half, whole = min(seconds(text[: len(text) // 2]) for _ in range(2)), min(seconds(text) for _ in range(2))
    assert whole < 3.5 * half + 0.05


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_linear(name: str) -> None:
    """Twice the text may take little more than twice the time."""
    text = HOSTILE[name]

    def seconds(part: str) -> float:
        begin = time.perf_counter()
        list(find_quantities(split_atoms(part)))
        return time.perf_counter() - begin

    seconds(text[:200])
    half, whole = min(seconds(text[: len(text) // 2]) for _ in range(4)), min(seconds(text) for _ in range(4))
    assert whole < 3.2 * half + 0.05
