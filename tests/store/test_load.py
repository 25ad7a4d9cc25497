"""Out of one store and into another: nothing is lost on the way, and what cannot be used is named."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from sacho.batch.results import Failure, Result
from sacho.batch.run import Options, run
from sacho.batch.supervisor import Local
from sacho.coding import Coding, code_document
from sacho.exchange import dump, load
from sacho.exchange.sources import LoadError
from sacho.export.jsonl import document_line, encode
from sacho.records import Event
from sacho.store import (
    Reading,
    Store,
    add,
    count_events,
    create_store,
    find_document,
    find_event,
    judge,
    list_events,
    open_store,
    search,
    undo,
)
from sacho.store.readings import read_readings, read_verdicts
from tests.store.conftest import DPRK, Places, document, reading

AT = "2026-01-01T00:00:00Z"
Another = Callable[[], Store]


@pytest.fixture
def another(places: Places) -> Iterator[Another]:
    """What makes an empty store of the same sort beside the first one."""
    made: list[Store] = []

    def make() -> Store:
        made.append(create_store(places()))
        return made[-1]

    yield make
    for store in made:
        store.close()


def dumped(store: Store) -> bytes:
    out = io.BytesIO()
    dump(store, out)
    return out.getvalue()


def _loaded(store: Store, data: bytes, **options: bool) -> list[str]:
    """Load from standard input; the reasons of what was not loaded."""
    return [letter.reason for letter in load(store, ["-"], at=AT, stdin=io.BytesIO(data), **options).letters]


def _judged(store: Store, readings: list[Reading]) -> None:
    """One of everything that people can decide, and what was taken back."""
    ids = [e.id for r in readings for e in r.events]
    judge(store, ids[:1], "accepted", by="검토자", at="2026-02-01T00:00:00Z", note="그대로")
    judge(store, ids[1:3], "rejected", by="검토자", at="2026-02-02T00:00:00Z", note="두 건 한 번에")
    judge(store, ids[3:4], "unsure", by="다른 이", at="2026-02-03T00:00:00Z")
    judge(store, ids[4:5], "corrected", by="검토자", at="2026-02-04T00:00:00Z", field="date", value="2020-02-02", note="본문을 보라")
    judge(store, ids[5:6], "same", by="검토자", at="2026-02-05T00:00:00Z", other=ids[6])
    judge(store, ids[7:8], "different", by="검토자", at="2026-02-06T00:00:00Z", other=ids[8])
    judge(store, ids[9:10], "corrected", by="검토자", at="2026-02-07T00:00:00Z", field="kind", value="meet")
    undo(store, by="검토자", at="2026-02-08T00:00:00Z")
    undo(store, by="검토자", at="2026-02-09T00:00:00Z", batch=undo(store, by="다른 이", at="2026-02-08T12:00:00Z"))


def test_a_store_loaded_from_its_dump_dumps_the_same_bytes(store: Store, another: Another, readings: list[Reading]) -> None:
    old = reading(DPRK, url="https://example.org/1")
    more = next(r for r in readings if len(r.events) > 2)
    add(store, [*readings, old, reading(DPRK.replace("19일", "18일"), url="https://example.org/1")], at=AT)
    _judged(store, readings)
    add(store, [msgspec.structs.replace(more, events=more.events[1:])], at=AT)  # newer rules no longer read the first
    first = dumped(store)
    other = another()
    assert _loaded(other, first) == [] and dumped(other) == first
    for identity in [e.id for r in [*readings, old] for e in r.events]:
        a, b = find_event(store, identity), find_event(other, identity)
        assert a is not None and b is not None
        assert (b.line, b.machine, b.verdicts, b.happening) == (msgspec.structs.replace(a.line, number=b.line.number), a.machine, a.verdicts, a.happening)
    assert [v.decision for v in read_verdicts(other)].count("undo") == 3


def test_a_loaded_store_finds_the_same_words_and_is_not_changed_by_coding_again(store: Store, another: Another, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    other = another()
    _loaded(other, dumped(store))
    for words in ("력사적인", "노동당", "러시아 외무장관"):
        assert search(other, words).hits == search(store, words).hits != ()
    assert add(other, readings, at=AT).unchanged == len(readings)


def test_loading_the_same_again_changes_nothing(store: Store, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    _judged(store, readings)
    before = dumped(store)
    done = load(store, ["-"], at=AT, stdin=io.BytesIO(before))
    assert (done.added.unchanged, done.added.rows, done.judgements, done.letters) == (len(readings), 0, 0, ())
    assert dumped(store) == before


def test_judgements_of_a_dump_go_to_a_store_that_was_coded_anew(store: Store, another: Another, readings: list[Reading]) -> None:
    add(store, readings, at=AT)
    _judged(store, readings)
    lines = [line for line in dumped(store).splitlines(keepends=True) if b'"decision"' in line]
    other = another()
    add(other, readings, at=AT)
    assert _loaded(other, b"".join(lines)) == [] and dumped(other) == dumped(store)


def _printed(codings: list[Coding]) -> bytes:
    """As `sacho code --format jsonl --quotes --documents` prints them."""
    out = ""
    for coding in codings:
        a = coding.annotated
        out += "".join(encode(r) + "\n" for r in (document_line(a.document, a.publication, glosses=a.view.glosses), *coding.events, *a.quotes))
    return out.encode()


def test_printed_records_are_loaded_and_found_by_their_words(store: Store) -> None:
    coding = code_document(document(DPRK))
    assert _loaded(store, _printed([coding])) == []
    view = find_document(store, coding.annotated.document.id)
    assert view is not None and view.quotes == coding.annotated.quotes and view.document == coding.annotated.document
    assert [line.event for line in view.lines] == list(coding.events)
    assert search(store, "역사").total == 1


def test_without_words_search_finds_nothing(store: Store) -> None:
    assert _loaded(store, _printed([code_document(document(DPRK))]), words=False) == []
    assert search(store, "역사").total == 0 and count_events(store) == 2


def test_printed_records_keep_the_claims_that_the_store_has(store: Store) -> None:
    add(store, [reading(DPRK)], at=AT)
    done = load(store, ["-"], at=AT, stdin=io.BytesIO(_printed([code_document(document(DPRK))])))
    assert done.added.unchanged == 1


def test_lines_in_any_order_make_the_same_store(store: Store, another: Another, readings: list[Reading]) -> None:
    add(store, readings[:3], at=AT)
    lines = dumped(store).splitlines(keepends=True)
    heads = [line for line in lines if b'"published_inferred"' in line]
    other = another()
    assert _loaded(other, b"".join([*heads, *sorted((line for line in lines if line not in heads), key=lambda line: b'"gloss"' not in line)])) == []
    assert {s.document.id: set(s.events) for s in read_readings(other)} == {s.document.id: set(s.events) for s in read_readings(store)}


def test_events_alone_join_the_report_that_the_store_has(store: Store) -> None:
    whole = reading(DPRK)
    add(store, [whole], at=AT)
    more = msgspec.structs.replace(whole.events[0], id="e-by-hand", kind="visit", type="")
    assert _loaded(store, msgspec.json.encode(more) + b"\n") == []
    assert {line.event.id for line in list_events(store).lines} == {*(e.id for e in whole.events), "e-by-hand"}
    assert [m.id for s in read_readings(store) for m in s.mentions] == [m.id for m in whole.mentions]


def test_events_with_the_values_in_force_do_not_become_what_the_program_read(store: Store) -> None:
    whole = reading(DPRK)
    add(store, [whole], at=AT)
    judge(store, [whole.events[0].id], "corrected", by="검토자", at=AT, field="date", value="2020-02-02")
    shown = find_event(store, whole.events[0].id)
    assert shown is not None and shown.line.event.date == "2020-02-02"
    assert _loaded(store, msgspec.json.encode(shown.line.event) + b"\n") == []
    view = find_event(store, whole.events[0].id)
    assert view is not None and view.machine == whole.events[0]


def _broken() -> dict[str, tuple[Callable[[Coding], bytes], str]]:
    def with_event(**changes: object) -> Callable[[Coding], bytes]:
        def make(coding: Coding) -> bytes:
            return _printed([msgspec.structs.replace(coding, events=(msgspec.structs.replace(coding.events[0], **changes), *coding.events[1:]))])

        return make

    def shifted(coding: Coding) -> bytes:
        event: Event = coding.events[0]
        proof = msgspec.structs.replace(event.evidence[0], start=event.evidence[0].start + 1, end=event.evidence[0].end + 1)
        return with_event(evidence=(proof,))(coding)

    def past(coding: Coding) -> bytes:
        event: Event = coding.events[0]
        return with_event(evidence=(msgspec.structs.replace(event.evidence[0], end=10**6),))(coding)

    return {
        "no JSON": (lambda c: b"{]\n" + _printed([c]), "stdin:1 is no record"),
        "another JSON": (lambda c: b'{"a": 1}\n' + _printed([c]), "stdin:1 is no record that is known here"),
        "an unknown field": (lambda c: _printed([c]).replace(b'"symmetric"', b'"symetric"'), "is a broken event record"),
        "no evidence": (with_event(evidence=()), "names no report"),
        "an unknown kind": (with_event(kind="chat"), "of the kind 'chat'"),
        "a confidence above one": (with_event(confidence=1.5), "the confidence 1.5"),
        "words that stand elsewhere": (shifted, "does not stand there"),
        "words past the end": (past, "does not stand there"),
        "no text": (lambda c: b"\n".join(_printed([c]).splitlines()[1:]) + b"\n", "whose text is neither in these files nor in the store"),
        "a failed result": (lambda c: msgspec.json.encode(Result(given="a", origin="in#a", month="unknown", error=Failure(stage="ingest", reason="in#a is empty."))) + b"\n", "is a report that could not be read: in#a is empty."),
        "an unknown decision": (lambda c: b'{"id":"j1","batch":"j1","event":"e","decision":"liked","by":"a","at":"2026"}\n', "has the decision 'liked'"),
        "a judge without a name": (lambda c: b'{"id":"j1","batch":"j1","event":"e","decision":"accepted","by":" ","at":"2026"}\n', "does not tell who judged"),
    }  # fmt: skip


@pytest.mark.parametrize("case", _broken())
def test_what_cannot_be_used_is_named_in_a_sentence_and_the_rest_is_loaded(case: str, store: Store) -> None:
    make, words = _broken()[case]
    good = reading(DPRK.replace("19일", "17일"))
    coding = code_document(document(DPRK))
    letters = _loaded(store, make(coding) + _printed([code_document(good.document)]), words=False)
    assert any(words in letter for letter in letters), letters
    assert all(letter.startswith(("stdin:", "in#")) and letter.endswith(".") and "\n" not in letter for letter in letters)
    assert {e.id for e in good.events} <= {line.event.id for line in list_events(store).lines}


def test_a_report_with_a_broken_line_stays_as_the_store_has_it(store: Store) -> None:
    whole = reading(DPRK)
    add(store, [whole], at=AT)
    before = dumped(store)
    letters = _loaded(store, _printed([code_document(document(DPRK))]).replace(b'"symmetric"', b'"symetric"', 1))
    assert len(letters) == 2 and "stays as the store has it" in letters[1] and dumped(store) == before


def test_an_id_of_another_report_is_refused(store: Store) -> None:
    first, second = (code_document(document(text)) for text in (DPRK, DPRK.replace("19일", "17일")))
    stolen = msgspec.structs.replace(second, events=(msgspec.structs.replace(second.events[0], id=first.events[0].id),))
    letters = _loaded(store, _printed([first, stolen]), words=False)
    assert len(letters) == 1 and "is there already" in letters[0] and count_events(store) == len(first.events)
    assert "is there already" in _loaded(store, _printed([stolen]), words=False)[0]


def test_a_correction_that_does_not_fit_is_named_and_the_others_stay(store: Store) -> None:
    whole = reading(DPRK)
    add(store, [whole], at=AT)
    line = '{"id":"%s","batch":"%s","event":"%s","decision":"corrected","field":"%s","value":%s,"by":"a","at":"2026"}\n'
    event = whole.events[0].id
    wrong, right = line % ("j1", "j1", event, "symmetric", '"yes"'), line % ("j2", "j2", event, "date", '"2020-02-02"')
    letters = _loaded(store, (wrong + right).encode())
    assert len(letters) == 1 and letters[0].startswith("stdin:1 is a judgement that does not fit")
    shown = find_event(store, event)
    assert shown is not None and shown.line.event.date == "2020-02-02"


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_what_a_batch_wrote_is_loaded_as_if_it_had_been_coded(form: str, tmp_path: Path, another: Another) -> None:
    source = tmp_path / "in.jsonl"
    rows = [{"id": "a", "text": DPRK, "outlet": "시험신문(가상)", "published": "2023-10-20"}, {"id": "b", "text": " "}]
    source.write_bytes(b"\n".join(msgspec.json.encode(row) for row in rows))
    out = str(tmp_path / "out")
    run([str(source)], out, Local(1, limit=60), Options(form=form, characters=400_000), on_done=lambda *_: None)
    one, two = another(), another()
    told: list[tuple[int, int]] = []
    done = load(one, [out], at=AT, progress=lambda *seen: told.append(seen))
    assert (done.added.new, len(done.letters), told) == (1, 1, [(1, 0)]) and done.letters[0].origin.endswith("#b")
    add(two, [reading(DPRK)], at=AT)
    assert [(s.events, s.claims, s.mentions, s.morphemes) for s in read_readings(one)] == [(s.events, s.claims, s.mentions, s.morphemes) for s in read_readings(two)]
    (part,) = Path(out).glob("month=*/*")
    assert load(one, [str(part)], at=AT).added.unchanged == 1


@pytest.mark.parametrize(("name", "words"), [("missing.jsonl", "cannot be read"), ("empty", "holds no .jsonl file"), ("other.parquet", "holds no results"), ("torn.jsonl.gz", "cannot be read")])
def test_a_source_that_cannot_be_read_at_all_is_named(name: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other.parquet").write_bytes(b"PAR1 not really PAR1")
    (tmp_path / "torn.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00torn")
    with create_store(tmp_path / "s.db") as store, pytest.raises(LoadError, match=words) as caught:
        load(store, [str(tmp_path / name)], at=AT)
    assert name in str(caught.value)
    with open_store(tmp_path / "s.db") as store:
        assert count_events(store) == 0
