"""An event as a footnote or a BibTeX entry."""

from __future__ import annotations

from datetime import date

from sacho import __version__
from sacho.export.days import first_day
from sacho.export.page import title_of
from sacho.records import Document, Event, Evidence

_QUOTE = 80  # characters of the words that a footnote repeats
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def footnote(event: Event, document: Document | None, *, lang: str = "ko") -> str:
    """One line: the report (title, outlet, day, address), the source it quotes, the words, the record.

    What is not known is left out. `document` is the report of the event's first evidence, None if it is not at hand.
    """
    proof = _proof(event)
    return (_korean if lang == "ko" else _english)(event, document, proof)


def bibtex(event: Event, document: Document | None, *, lang: str = "ko") -> str:
    """An `@misc` entry under the key `sacho-` and the event's id; titles in double braces, special signs escaped."""
    gloss = event.gloss.ko if lang == "ko" else event.gloss.en
    day = _published(document)
    fields = {
        "title": "{" + _tex(title_of(document) if document is not None else gloss) + "}",
        "author": "{" + _tex(outlet) + "}" if (outlet := _outlet(event, document)) else "",
        "year": str(day.year) if day is not None else "",
        "month": _MONTHS[day.month - 1] if day is not None else "",
        "day": str(day.day) if day is not None else "",
        "url": _address(document.url) if document is not None and document.url else "",
        "note": _tex(f"{gloss}. “{_short(event)}”"),
        "howpublished": _tex(f"Sacho {__version__}, event {event.id}"),
        "langid": "korean",
    }
    lines = [f"  {name} = {value if name == 'month' else '{' + value + '}'}," for name, value in fields.items() if value]
    return "\n".join((f"@misc{{sacho-{event.id},", *lines, "}"))


def _korean(event: Event, document: Document | None, proof: Evidence | None) -> str:
    day = _published(document)
    parts = [
        f"「{title_of(document)}」" if document is not None else "", f"『{outlet}』" if (outlet := _outlet(event, document)) else "",
        f"{day.year}년 {day.month}월 {day.day}일" if day is not None else "",
        f"{event.sources[-1]} 인용" if event.sources else "", (document.url or "") if document is not None else "",
    ]  # fmt: skip
    head = ", ".join(p for p in parts if p)
    words = f" “{_short(event)}”({proof.start}–{proof.end}자)." if proof is not None else ""
    return f"{head + '.' if head else ''}{words} 사건 기록: {event.gloss.ko} (사초 {__version__}, {event.id}).".strip()


def _english(event: Event, document: Document | None, proof: Evidence | None) -> str:
    day = _published(document)
    parts = [
        f"“{title_of(document)},”" if document is not None else "", f"{outlet}," if (outlet := _outlet(event, document)) else "",
        f"{day.day} {day:%B %Y}," if day is not None else "", f"citing {event.sources[-1]}," if event.sources else "",
        f"{document.url}," if document is not None and document.url else "",
    ]  # fmt: skip
    head = " ".join(p for p in parts if p).rstrip(",")
    words = f" “{_short(event)}” (characters {proof.start}–{proof.end})." if proof is not None else ""
    return f"{head + '.' if head else ''}{words} Event record: {event.gloss.en} (Sacho {__version__}, {event.id}).".strip()


def _proof(event: Event) -> Evidence | None:
    return next((e for e in event.evidence if e.field == "kind"), next(iter(event.evidence), None))


def _short(event: Event) -> str:
    proof = _proof(event)
    words = " ".join(proof.quote.split()) if proof is not None else ""
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1] + "…"


def _outlet(event: Event, document: Document | None) -> str:
    return (document.outlet if document is not None else None) or next(iter(event.outlets), "")


def _published(document: Document | None) -> date | None:
    return first_day(document.published or "") if document is not None else None


def _address(url: str) -> str:
    """A URL inside braces: what would end them is percent-encoded."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")


def _tex(words: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in words)
