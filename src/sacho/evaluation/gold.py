"""Gold reports: a report and the right reading that a person wrote down (docs/gold.md)."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from pathlib import Path

import msgspec

from sacho.ingest import read
from sacho.records import DeadLetter, Document, Record

_PAIR = re.compile(r"([A-Za-z_][\w-]*)\s*:\s*(.*)")
_PATH = re.compile(r"\$\.(\w+)\[(\d+)\]")
_TOLD = ("outlet", "published", "manner", "topic", "phenomena", "blind")


class GoldName(Record):
    """A name. `also` are other names that count as right; `role` and `office` only stand in `participants`."""

    name: str = ""
    also: tuple[str, ...] = ()
    as_written: str = ""
    role: str = ""
    office: str = ""


class GoldEvent(Record):
    """One event of the right reading. An empty `date` or `place` says that the text gives none."""

    kind: str
    trigger: str
    who: tuple[str | GoldName, ...]
    whom: tuple[str | GoldName, ...]
    date: str
    place: str
    status: str
    reported_by: tuple[str, ...]
    main: bool
    symmetric: bool | None = None
    attendees: tuple[str | GoldName, ...] = ()
    participants: tuple[GoldName, ...] = ()
    date_alt: str | tuple[str, ...] = ()
    place_alt: str | tuple[str, ...] = ()
    phenomena: tuple[str, ...] = ()
    time: str = ""
    instrument: str = ""
    type: str = ""


class GoldQuote(Record):
    speaker: str
    starts: str
    via: tuple[str, ...] = ()
    speaker_alt: str | tuple[str, ...] = ()


class GoldContradiction(Record):
    """Two or more values that the report gives for one field; `values` are words of the text."""

    kind: str
    field: str
    values: tuple[str, ...]


class GoldReading(Record):
    """The file `ID.json`. What follows `not_events` may repeat the front matter or is a note for people."""

    id: str
    events: tuple[GoldEvent, ...]
    quotes: tuple[GoldQuote, ...]
    contradictions: tuple[GoldContradiction, ...] = ()
    not_events: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    manner: str | None = None
    topic: str | None = None
    phenomena: tuple[str, ...] | None = None
    blind: bool | None = None
    annotator: str = ""
    url: str = ""
    chars: int = 0
    sha256: str = ""
    look_up: str = ""
    split: str = ""
    set: int | str = ""
    published_note: str = ""
    outlet_note: str = ""


class FrontMatter(Record):
    """The head of `ID.md`."""

    outlet: str = ""
    published: str = ""
    manner: str = ""
    topic: str = ""
    phenomena: tuple[str, ...] = ()
    blind: str = ""


class GoldReport(Record):
    """A report with its right reading."""

    id: str
    document: Document
    front: FrontMatter
    reading: GoldReading

    @property
    def blind(self) -> bool:
        return self.front.blind == "yes"


class GoldError(ValueError):
    """A gold file that cannot be used; the message is one sentence that names the file and the remedy."""


def gold_ids(directory: Path) -> list[str]:
    """The ids of all readings (`ID.json`) of a directory, sorted. Raises `GoldError` if there is none."""
    if not directory.is_dir():
        raise GoldError(f"{directory} is no directory; give one with ID.md and ID.json for each report.")
    ids = sorted(p.stem for p in directory.glob("*.json"))
    if not ids:
        raise GoldError(f"{directory} holds no ID.json; write one for each report (docs/gold.md).")
    return ids


def read_report(directory: Path, name: str) -> GoldReport:
    """The report `name` of a gold directory. Raises `GoldError`; what the file says is not checked yet."""
    reading = read_reading(directory / f"{name}.json")
    path = directory / f"{name}.md"
    if not path.exists():
        raise GoldError(f"{path.name}: there is no such file beside {name}.json; write the report into it.")
    front = _front_matter(path)
    (document,) = tuple(read([path]))
    if isinstance(document, DeadLetter):
        raise GoldError(f"{path.name}: {document.reason.removeprefix(f'{path} ')}")
    return GoldReport(id=name, document=document, front=front, reading=reading)


def read_reading(path: Path) -> GoldReading:
    """One `ID.json`, with every string in NFC. Raises `GoldError`."""
    try:
        words = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    except OSError as error:
        raise GoldError(f"{path.name}: cannot be read ({error.strerror}); check the path.") from None
    except UnicodeDecodeError as error:
        raise GoldError(f"{path.name}: is not UTF-8 (byte {error.start}); save it as UTF-8.") from None
    try:
        return msgspec.json.decode(words, type=GoldReading)
    except msgspec.ValidationError as error:
        where = _PATH.sub(lambda found: f"{found[1]}, entry {int(found[2]) + 1}", str(error))
        raise GoldError(f"{path.name}: {where}; docs/gold.md lists the keys and what they hold.") from None
    except msgspec.DecodeError as error:
        raise GoldError(f"{path.name}: is no JSON ({error}); mend it there.") from None


def digest(directory: Path, reports: tuple[GoldReport, ...]) -> str:
    """A hash of the texts and readings: figures of two runs compare only if it is the same."""
    total = blake2b(digest_size=8)
    for report in reports:
        total.update(report.id.encode() + b"\0" + report.document.text.encode())
        total.update((directory / f"{report.id}.json").read_bytes())
    return total.hexdigest()


def differs_from_front(reading: GoldReading, front: FrontMatter) -> list[str]:
    """The keys that the reading repeats from the front matter with another value."""
    out = []
    for key in _TOLD:
        said, head = getattr(reading, key), getattr(front, key)
        if key == "blind" and said is not None:
            said, head = bool(said), head == "yes"
        if said is not None and said != head and not (key in ("manner", "topic", "phenomena") and not head):
            out.append(key)
    return out


def _front_matter(path: Path) -> FrontMatter:
    lines = unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).lstrip("\ufeff").splitlines()
    if not lines or lines[0].strip() != "---":
        raise GoldError(f"{path.name}: has no front matter; begin it with a line --- and give at least outlet and published.")
    values: dict[str, str | tuple[str, ...]] = {}
    for line in lines[1:]:
        if line.strip() == "---":
            return msgspec.convert(values, FrontMatter)
        found = _PAIR.fullmatch(line.strip())
        if found is not None and found[1] in _TOLD:
            values[found[1]] = _list(found[2]) if found[1] == "phenomena" else _bare(found[2])
    raise GoldError(f"{path.name}: nothing closes the front matter; add a line --- after its last key.")


def _bare(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value


def _list(value: str) -> tuple[str, ...]:
    return tuple(_bare(part) for part in value.strip().removeprefix("[").removesuffix("]").split(",") if part.strip())
