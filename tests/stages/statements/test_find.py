"""What the component leaves on a document."""

from __future__ import annotations

import time

import pytest

from pipeline.nlp import make_doc
from pipeline.stages.statements.find import find_statements


def read(nlp, text):
    return next(nlp.pipe([make_doc(nlp, text)]))


def test_value_points_at_the_raw_text(nlp):
    text = "“Our ferry is full,” said Tao Ling, who runs it. “There is a second one.”"
    doc = read(nlp, text)
    first, second = doc.spans["statements"]
    value = first._.statement
    assert text[first.start_char : first.end_char] == "Our ferry is full"
    assert text[slice(*value.cue)] == "said"
    assert text[slice(*value.speaker_extent)] == value.speaker_text == "Tao Ling"
    assert (value.mode, value.speaker_kind, second._.statement.cue) == ("direct", "person", None)
    assert second._.statement.speaker == value.speaker


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The road is closed, local officials said.", "local officials", "group"),
        ("Official data showed prices fell in May.", "Official data", "document"),
        ("The road is closed, a truck driver said.", "a truck driver", "person"),
        ("The company said it would close the mine.", "The company", "organisation"),
    ],
)
def test_source_without_a_name(nlp, text, words, kind):
    doc = read(nlp, text)
    (span,) = doc.spans["statements"]
    value = span._.statement
    assert (value.speaker, value.speaker_text, value.speaker_kind) == (None, words, kind)


@pytest.mark.parametrize("text", ["", " ", '"', '" " "', "said", "According to", ": :", "“”", '"Said."', "He said."])
def test_next_to_nothing(nlp, text):
    assert not read(nlp, text).spans["statements"]


@pytest.mark.parametrize(
    "scrap", ["Li said, ", "and said ", '"No," he said. ', "according to ", "told a b ", "quoted as "]
)
def test_time_is_linear(nlp, scrap):
    def seconds(times):
        doc = nlp.get_pipe("start_blocks")(make_doc(nlp, "A " + scrap * times))
        for token in doc:
            token.tag_ = "VBD" if token.text in ("said", "told", "quoted") else "NN"
        start = time.perf_counter()
        find_statements(doc)
        return time.perf_counter() - start

    short, long = (min(seconds(size) for _ in range(2)) for size in (400, 1_600))
    assert long < 10 * short + 0.2
