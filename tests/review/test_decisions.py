"""The log: nothing is lost, nothing is guessed, and the last word holds."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING

import pytest

from pipeline.review.decisions import DecisionError, Log, latest, read_log, standing
from pipeline.review.identity import Identity

if TYPE_CHECKING:
    from pathlib import Path

ONE = Identity("ab", "claims", 3, 5, "40 | 40 1")
TWO = Identity("ab", "claims", 9, 10, "3 | 3 1")


def verdicts(log: Log) -> dict[str, str | None]:
    return {record.value[:2].strip(): d.verdict for record, d in latest(log.decisions).items()}


def decide(log: Log, record: Identity, verdict: str, who: str = "me") -> None:
    log.decide(who=who, doc_id="a", record=record, verdict=verdict)


def test_the_last_word_holds_and_survives_reading(tmp_path: Path) -> None:
    log = Log(tmp_path)
    decide(log, ONE, "accept")
    decide(log, ONE, "reject")
    decide(log, TWO, "accept")
    assert verdicts(log) == verdicts(Log(tmp_path)) == {"40": "reject", "3": "accept"}


def test_undo_and_redo_walk_back_and_forth(tmp_path: Path) -> None:
    log = Log(tmp_path)
    decide(log, ONE, "accept")
    decide(log, TWO, "accept")
    decide(log, TWO, "reject")
    seen = []
    for _ in range(4):
        log.undo(who="me")
        seen.append(verdicts(log))
    assert seen == [{"40": "accept", "3": "accept"}, {"40": "accept"}, {}, {}]
    seen = []
    for _ in range(4):
        log.redo(who="me")
        seen.append(verdicts(log))
    assert seen == [{"40": "accept"}, {"40": "accept", "3": "accept"}, *[{"40": "accept", "3": "reject"}] * 2]
    log.undo(who="me")
    assert verdicts(Log(tmp_path)) == {"40": "accept", "3": "accept"}


def test_a_new_decision_ends_what_could_be_redone(tmp_path: Path) -> None:
    log = Log(tmp_path)
    decide(log, ONE, "accept")
    log.undo(who="me")
    decide(log, TWO, "accept")
    assert log.redo(who="me") is None
    assert verdicts(log) == {"3": "accept"}


def test_nobody_undoes_what_somebody_else_decided(tmp_path: Path) -> None:
    log = Log(tmp_path)
    decide(log, ONE, "accept", "you")
    assert log.undo(who="me") is None


def test_many_threads_lose_nothing(tmp_path: Path) -> None:
    log = Log(tmp_path)

    def work(name: str) -> None:
        for start in range(25):
            decide(log, Identity("ab", "claims", start, start + 1, name), "accept", name)

    threads = [threading.Thread(target=work, args=(f"w{i}",)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(standing(read_log(log.path))) == 100
    assert [d.number for d in read_log(log.path)] == list(range(1, 101))


def test_half_a_line_costs_only_itself(tmp_path: Path) -> None:
    log = Log(tmp_path)
    decide(log, ONE, "accept")
    decide(log, TWO, "accept")
    data = log.path.read_bytes()
    log.path.write_bytes(data[:-20])
    again = Log(tmp_path)
    assert verdicts(again) == {"40": "accept"}
    decide(again, TWO, "reject")
    again.undo(who="me")
    decide(again, TWO, "accept")
    assert verdicts(Log(tmp_path)) == {"40": "accept", "3": "accept"}


def test_a_line_that_is_no_decision_is_named(tmp_path: Path) -> None:
    log = Log(tmp_path)
    decide(log, ONE, "accept")
    log.path.write_text(log.path.read_text() + json.dumps({"x": 1}) + "\n")
    with pytest.raises(DecisionError, match=r"decisions.jsonl:2: not a decision"):
        Log(tmp_path)


def test_an_unknown_verdict_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecisionError, match="choose from accept"):
        decide(Log(tmp_path), ONE, "maybe")
