"""The day of publication found in reports whose date was taken off, and what counts as evidence for it."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sacho.annotate.names import find_names
from sacho.annotate.publication import find_clues, infer_publication
from sacho.annotate.publication_clue import allows
from sacho.annotate.publication_counts import COUNT, Count, read_count
from sacho.annotate.resources import Resources
from sacho.annotate.timexes import find_timexes
from sacho.records import Publication

_REPORTS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "corpus" / "publication.toml").read_text(encoding="utf-8")
)["report"]
_RIGHT, _WRONG = 0.85, 0.03  # of those answered; of all


def _infer(text: str, resources: Resources) -> Publication:
    return infer_publication(
        text, find_timexes(text, resources.timex_rules), given=None, names=find_names(text, resources.lexicon),
        lexicon=resources.lexicon,
    )  # fmt: skip


def test_answers_are_right_and_the_rest_is_left_open(resources: Resources) -> None:
    found = [(r["published"], _infer(r["text"], resources).value) for r in _REPORTS]
    answered = [(want, got) for want, got in found if got]
    wrong = [(want, got) for want, got in answered if want != got]
    assert len(_REPORTS) >= 30
    assert len(answered) >= 0.6 * len(_REPORTS), f"only {len(answered)} answered"
    assert len(answered) - len(wrong) >= _RIGHT * len(answered), wrong
    assert len(wrong) <= _WRONG * len(_REPORTS), wrong


@pytest.mark.parametrize("report", [r for r in _REPORTS if not r.get("settled", True)], ids=lambda r: r["published"])
def test_what_the_text_does_not_settle_stays_empty(report: dict[str, Any], resources: Resources) -> None:
    publication = _infer(report["text"], resources)
    assert publication.value == ""
    assert publication.inferred and publication.reason


@pytest.mark.parametrize("report", [r for r in _REPORTS if r.get("settled", True)], ids=lambda r: r["published"])
def test_evidence_is_words_of_the_text(report: dict[str, Any], resources: Resources) -> None:
    publication = _infer(report["text"], resources)
    if publication.value:
        assert publication.evidence and publication.reason
    assert all(0 <= s.start < s.end <= len(report["text"]) for s in publication.evidence)


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("입력 2023.10.20 10:33\n장관이 19일 만났다.", "2023-10-20", "2023.10.20 10:33"),
        ("장관은 10월 19일 만났다고 20일 밝혔다. 입력: 2023-10-20", "2023-10-20", "2023-10-20"),
        ("조선중앙통신은 주체112(2023)년 10월 19일 회담이 열렸다고 20일 보도했다.", "2023-10-20", "20일"),
        ("외교부는 2023년 10월 19일 만났다고 20일 밝혔다.", "2023-10-20", "2023년 10월 19일"),
    ],
)
def test_evidence_that_settles_it_alone(text: str, published: str, words: str, resources: Resources) -> None:
    publication = _infer(text, resources)
    assert publication.value == published
    assert words in [text[s.start : s.end] for s in publication.evidence]


@pytest.mark.parametrize(
    "text",
    [
        "장관은 19일 만났다고 20일 밝혔다. 회담은 2018년 6월에도 열렸다.",
        "[사진=2018.9.19 평양사진공동취재단] 장관은 20일 회담했다고 밝혔다.",
        "2018년 9월 19일(수) 서명한 합의를 지키라고 외교부가 20일 밝혔다.",
        "최선희 전 외무성 제1부상은 20일 담화를 냈다고 통신이 20일 보도했다.",
    ],
)
def test_other_dates_are_no_evidence(text: str, resources: Resources) -> None:
    assert _infer(text, resources).value == ""


_CLUES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "corpus" / "publication_clues.toml").read_text(encoding="utf-8")
)["row"]


@pytest.mark.parametrize("row", _CLUES, ids=lambda r: r["text"][:24])
def test_what_a_clue_allows(row: dict[str, Any], resources: Resources) -> None:
    text = row["text"]
    clues = find_clues(text, find_timexes(text, resources.timex_rules), find_names(text, resources.lexicon), resources.lexicon)
    clues = [c for c in clues if not c.weak]
    for day in row["allows"]:
        against = [c.reason for c in clues if not allows(c, date.fromisoformat(day))]
        assert not against, f"{day} is ruled out: {against}"
    for day in row.get("forbids", ()):
        assert any(not allows(c, date.fromisoformat(day)) for c in clues), f"{day} is left open"


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("하루", Count(days=1)), ("55일", Count(days=55)), ("사십여 일", Count(days=40, odd=True)), ("두 달", Count(months=2)),
        ("여덟 해 넉 달", Count(months=100)), ("70년", Count(months=840, years_only=True)), ("일주일", Count(days=7, weeks_only=True)),
        ("반년", Count(months=6)), ("석 달여", Count(months=3, odd=True)),
    ],
)  # fmt: skip
def test_counts_in_words(words: str, count: Count) -> None:
    assert re.fullmatch(COUNT, words) and read_count(words) == count


@pytest.mark.parametrize("words", ["70주년", "제3차", "백두산", "이달", "사흘째날짜"])
def test_other_words_are_no_counts(words: str) -> None:
    assert re.fullmatch(COUNT, words) is None
