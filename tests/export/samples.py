"""Events and a report made by hand, with everything that makes an exporter stumble."""

from __future__ import annotations

from typing import Any

import msgspec

from sacho.records import (
    Block,
    BlockKind,
    Conflict,
    ConflictValue,
    Document,
    Event,
    EventGloss,
    Evidence,
    Participant,
    Place,
    Status,
)

TEXT = (
    "김정은, 라브로프 <b>접견</b>\n"
    "김정은 국무위원장은 19일 평양 노동당 본부청사에서 세르게이 라브로프 러시아 외무장관을 접견했다고 조선중앙통신이 20일 보도했다.\n"
    '=HYPERLINK("http://example.invalid","여기") & "끝" 이라는 글도 있었다.'
)
DOCUMENT = Document(
    id="d0001", origin="reports/visit.md", text=TEXT, outlet="새벽일보(가상)", published="2023-10-20",
    url="https://example.invalid/news?id=1&x={2}",
    blocks=(
        Block(kind=BlockKind.headline, start=0, end=TEXT.index("\n")),
        Block(kind=BlockKind.body, start=TEXT.index("\n") + 1, end=TEXT.rindex("\n")),
        Block(kind=BlockKind.body, start=TEXT.rindex("\n") + 1, end=len(TEXT)),
    ),
)  # fmt: skip
KIM = Participant(
    id="kim-jong-un", name="김정은", as_written="김정은 국무위원장", name_en="Kim Jong Un", country="PRK", sector="GOV", office="국무위원장"
)
LAVROV = Participant(
    id="sergey-lavrov", name="세르게이 라브로프", as_written="세르게이 라브로프 러시아 외무장관", name_en="Sergey Lavrov", country="RUS",
    sector="GOV", office="외무장관",
)  # fmt: skip
CHOE = Participant(id="choe-son-hui", name="최선희", as_written="최선희 외무상", name_en="Choe Son Hui", country="PRK", sector="GOV", rank=1)
USA = Participant(id="USA", name="미국", as_written="미국", name_en="United States", country="USA", sector="GOV")
UNITED_NATIONS = Participant(id="UNO", name="유엔", as_written="유엔", name_en="United Nations", country="UNO", sector="GOV")
OFFICE = Place(
    id="wpk-building", name="노동당 본부청사", name_en="Party Central Committee headquarters", within=("평양", "북한"), country="PRK",
    lat=39.02, lon=125.75, precision="building",
)  # fmt: skip


def words(field: str, quote: str, *, rule: str = "test") -> Evidence:
    """Evidence for words of the report."""
    start = TEXT.index(quote)
    return Evidence(document=DOCUMENT.id, field=field, start=start, end=start + len(quote), quote=quote, rule=rule)


_PROOF = (words("kind", "접견했다고"), words("date", "19일"), words("actor", "세르게이 라브로프 러시아 외무장관"), words("recipient", "김정은 국무위원장"))
MEETING = Event(
    id="e-meet", kind="meet", type="CONSULT", mode="visit", status=Status.occurred, symmetric=True, actor=(LAVROV,), recipient=(KIM,),
    participants=(CHOE,), date="2023-10-19", place=OFFICE, sources=("조선중앙통신",), outlets=("새벽일보(가상)",), confidence=0.93,
    cameo="040", goldstein=1.0, quad=1, rule="receive/verb", evidence=_PROOF, instrument="", topic=("협력",),
    conflicts=(Conflict(field="date", values=(
        ConflictValue(value="2023-10-19", sources=("조선중앙통신",), block="body", evidence=_PROOF[1]),
        ConflictValue(value="2023-10-20", sources=(), block="caption", evidence=words("date", "20일")),
    )),),
    gloss=EventGloss(en="Kim Jong Un received Sergey Lavrov, 19 October 2023", ko="세르게이 라브로프 → 김정은 · 만남 · 2023-10-19"),
)  # fmt: skip


def variant(name: str, **changes: Any) -> Event:
    """The meeting with other values."""
    return msgspec.structs.replace(MEETING, id=name, conflicts=(), **changes)


VISIT = variant("e-visit", kind="visit", symmetric=False, cameo="042", goldstein=1.9, date="2023-10-18/2023-10-19", participants=())
PLAN = variant("e-plan", kind="visit", symmetric=False, cameo="036", goldstein=1.9, status=Status.planned, date="2024-03", place=None)
DENIED = variant("e-denied", status=Status.denied)
STATEMENT = variant("e-state", kind="state", type="", mode="", cameo="", goldstein=None, quad=None, symmetric=False, recipient=())
LAUNCH = variant(
    "e-launch", kind="launch", type="MOBILIZE", mode="weapons", symmetric=False, cameo="150", goldstein=-7.2, quad=4, actor=(KIM,),
    recipient=(), participants=(), place=None,
)  # fmt: skip
AGREED = variant(
    "e-agree", kind="agree", type="AGREE", mode="", cameo="030", goldstein=4.0, actor=(KIM, CHOE, LAVROV, USA), recipient=(), participants=(),
)  # fmt: skip
SANCTION = variant(
    "e-sanction", kind="sanction", type="SANCTION", mode="discontinue", symmetric=False, cameo="163", goldstein=-8.0, quad=4,
    actor=(UNITED_NATIONS,), recipient=(KIM,), participants=(), time="14:30",
)  # fmt: skip
HOSTILE = (
    '=HYPERLINK("http://example.invalid","여기")', "+82-2-0000-0000", "-접견", "@SUM(A1)", "\t=1", "＝1+1", " =1+1", "'=1", "'평양'", "|calc",
    "평양 | 서울", "a\\|b", 'said "yes", then\nleft', "_x0041_", "</script><script>alert(1)</script>", "\u200b=1", "%0A", "  두 칸  ", "0123", "1e5", "TRUE", "NA", "null",
)  # fmt: skip
HOSTILES = tuple(
    variant(f"e-hostile-{n}", instrument=word, evidence=(words("kind", "접견했다고"),), gloss=EventGloss(en=word, ko=word))
    for n, word in enumerate(HOSTILE)
)
ALL = (MEETING, VISIT, PLAN, DENIED, STATEMENT, LAUNCH, AGREED, SANCTION)
DOCUMENTS = {DOCUMENT.id: DOCUMENT}
