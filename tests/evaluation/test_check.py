"""A gold file that is broken is named, with one sentence that says what to do."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sacho.evaluation import read_gold
from tests.conftest import ROOT
from tests.evaluation.conftest import GOLD

_BROKEN: list[tuple[str, Callable[[Any], object], str]] = [
    ("unknown kind", lambda g: g["events"][0].update(kind="meeting"), "kind 'meeting' is unknown"),
    ("unknown status", lambda g: g["events"][0].update(status="done"), "status 'done' is unknown"),
    ("words that are not there", lambda g: g["events"][0].update(trigger="회담을 가졌다"), "the trigger is not in the text"),
    ("participant without a name", lambda g: g["events"][0]["who"].append({"also": ["누구"]}), "who, entry 2: a participant without a name"),
    ("nobody", lambda g: g["events"][1].update(who=[]), "has no participant"),
    ("name as written", lambda g: g["events"][0].update(who=[{"name": "한서준", "as_written": "한 장관"}]), "as_written '한 장관' is not in the text"),
    ("both sides", lambda g: g["events"][0].update(whom=["한서준"]), "한서준 stands in who and in whom"),
    ("day", lambda g: g["events"][0].update(date="2024-05-32"), "date '2024-05-32' is no EDTF date"),
    ("other day", lambda g: g["events"][0].update(date_alt="20일"), "date_alt '20일' is no EDTF date"),
    ("time", lambda g: g["events"][0].update(time="오전"), "time '오전' is neither HH:MM"),
    ("role", lambda g: g["events"][0].update(participants=[{"name": "민유강", "role": "guest"}]), "role 'guest' is unknown"),
    ("outlet as source", lambda g: g["events"][0].update(reported_by=["바다신문(가상)"]), "reported_by holds the outlet itself"),
    ("quote", lambda g: g["quotes"][0].update(starts="항구가"), "starts with '항구가', which is not in the text"),
    ("speaker", lambda g: g["quotes"][0].update(speaker=""), "quote 1 ('항구는 곧'): has no speaker"),
    ("not an event", lambda g: g["not_events"].append("없는 말"), "not_events: '없는 말' is not in the text"),
    ("conflict's kind", lambda g: g["contradictions"].append({"kind": "call", "field": "day", "values": ["20일", "21일"]}), "field 'day' is unknown"),
    ("conflict alone", lambda g: g["contradictions"].append({"kind": "meet", "field": "date", "values": ["20일"]}), "holds fewer than two values"),
    ("id", lambda g: g.update(id="harbour"), "id 'harbour' is not the name of the file"),
    ("front matter", lambda g: g.update(published="2024-05-21"), "published is not what the front matter of harbour-talks.md says"),
    ("slip in a key", lambda g: g["events"][1].update(staus="planned"), "unknown field `staus` - at `events, entry 2`"),
    ("missing key", lambda g: g["events"][1].pop("main"), "missing required field `main` - at `events, entry 2`"),
]


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    for path in GOLD.glob("harbour-talks.*"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.mark.parametrize(("breaking", "sentence"), [row[1:] for row in _BROKEN], ids=[row[0] for row in _BROKEN])
def test_a_fault_is_one_sentence_that_names_the_file(broken: Path, breaking: Callable[[Any], object], sentence: str) -> None:
    path = broken / "harbour-talks.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    breaking(content)
    path.write_text(json.dumps(content), encoding="utf-8")
    reports, faults = read_gold(broken)
    assert reports == ()
    assert len(faults) == 1 and faults[0].startswith("harbour-talks.json: ") and sentence in faults[0], faults


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("published: 2024-05-22", "published: 22 May", "gives '22 May' as its day of publication"),
        ("published: 2024-05-22", "published: 2024.05.22", "published '2024.05.22' is no day"),
        ("outlet: 바다신문(가상)", "house: 바다신문(가상)", "the front matter gives no outlet"),
        ("blind: no", "blind: perhaps", "blind 'perhaps' is neither yes nor no"),
        ("---\ntitle", "title", "has no front matter"),
    ],
)
def test_a_fault_of_the_report_is_named_too(broken: Path, old: str, new: str, sentence: str) -> None:
    path = broken / "harbour-talks.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, faults = read_gold(broken)
    assert any(f.startswith("harbour-talks.md: ") and sentence in f for f in faults), faults


def test_no_json_and_no_report_beside_it_are_named(broken: Path) -> None:
    (broken / "half.json").write_text('{"id": ', encoding="utf-8")
    (broken / "alone.json").write_text('{"id": "alone", "events": [], "quotes": []}', encoding="utf-8")
    reports, faults = read_gold(broken)
    assert [r.id for r in reports] == ["harbour-talks"]
    assert [f.partition(":")[0] for f in faults] == ["alone.md", "half.json"]


def test_the_example_of_the_documentation_holds_together(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "gold.md").read_text(encoding="utf-8").partition("## 9.")[2]
    blocks = dict(re.findall(r"```(markdown|json)\n(.*?)```", page, re.DOTALL))
    (tmp_path / "harbour-talks.md").write_text(blocks["markdown"], encoding="utf-8")
    (tmp_path / "harbour-talks.json").write_text(blocks["json"], encoding="utf-8")
    reports, faults = read_gold(tmp_path)
    assert faults == () and len(reports[0].reading.events) == 2


def test_the_documentation_names_every_kind_status_and_key() -> None:
    from sacho.evaluation.gold import GoldEvent, GoldReading
    from sacho.lexicon.predicates import load_predicates
    from sacho.records import Status

    page = (ROOT / "docs" / "gold.md").read_text(encoding="utf-8")
    wanted = [*load_predicates().kinds, *Status, *GoldEvent.__struct_fields__, *GoldReading.__struct_fields__]
    assert [word for word in wanted if not re.search(rf"\b{word}\b", page)] == []
