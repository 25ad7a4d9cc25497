"""Text, Markdown with front matter and JSON lines to drafts. HTML is in `html.py`."""

from __future__ import annotations

import re

import msgspec

from sacho.ingest.drafts import Draft, Piece
from sacho.ingest.errors import Unreadable

_FIELD = re.compile(r"([A-Za-z_][\w-]*)\s*:\s*(.*)")
_HEADING = re.compile(r"\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)")
_SPOKEN = {"title": "title", "outlet": "outlet", "source": "outlet", "published": "published", "date": "published", "url": "url"}


class JsonLine(msgspec.Struct, frozen=True, kw_only=True):
    """One object of a JSONL file; keys not named here are left aside."""

    text: str
    id: str | int | None = None
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None


def text_draft(text: str) -> Draft:
    """A plain text."""
    return Draft(pieces=(Piece(text=text),))


def markdown_draft(text: str) -> Draft:
    """Markdown: front matter between `---` lines (title, outlet, published, url; others are left aside), then the
    report, whose first `# heading` is the title if none is given. Raises `Unreadable` naming the line that is wrong.
    """
    fields, body = _front_matter(text.lstrip("\ufeff"))
    heading = _HEADING.match(body)
    if heading is not None:
        fields.setdefault("title", heading[1])
        body = body[heading.end() :] if fields["title"] == heading[1] else body
    return Draft(pieces=(Piece(text=body),), **fields)


def json_draft(line: bytes | str) -> tuple[Draft, str]:
    """One JSONL line and the `id` it gives (empty if none). Raises `Unreadable` saying what is wrong with it."""
    try:
        entry = msgspec.json.decode(line, type=JsonLine)
    except msgspec.ValidationError as error:
        raise Unreadable(f"does not fit ({error})", "give an object with at least a string `text`") from None
    except msgspec.DecodeError as error:
        raise Unreadable(f"is no JSON ({error})", "write one JSON object a line, in UTF-8") from None
    draft = Draft(
        pieces=(Piece(text=entry.text),), title=entry.title, outlet=entry.outlet, published=entry.published, url=entry.url
    )
    return draft, "" if entry.id is None else str(entry.id)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    lines = text.split("\n")
    if lines[0].strip() != "---" or len(lines) < 2 or not (_FIELD.fullmatch(lines[1].strip()) or lines[1].strip() == "---"):
        return {}, text
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        words = line.strip()
        if words == "---":
            return fields, "\n".join(lines[number:]).lstrip("\n")
        found = _FIELD.fullmatch(words)
        if found is None and words and not words.startswith(("#", "-")):
            raise Unreadable("is no `key: value` line of the front matter", "close it with a line --- or mend it", place=str(number))
        if found is not None and found[1].lower() in _SPOKEN:
            value = found[2].strip()
            quoted = len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'"
            value = value[1:-1] if quoted else value
            if value:
                fields[_SPOKEN[found[1].lower()]] = value
    raise Unreadable("opens a front matter that nothing closes", "add a line --- after its last key", place="1")
