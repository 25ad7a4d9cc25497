"""Text of unknown origin made visible: what would turn the reading direction or hide is shown by its code."""

from __future__ import annotations

import re

from markupsafe import Markup

# Direction marks, embeddings, overrides and isolates, zero-width and other invisible format characters, interlinear marks, tags.
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def plain(value: object) -> object:
    """For every value that a template prints: markup stays, text loses its power over the page around it."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return _UNSEEN.sub(_named, value) if _UNSEEN.search(value) else value


def article(text: str, start: int) -> Markup:
    """Text of a report, escaped. An unseen character becomes an empty element that shows its code; every run of text says at
    which code point it starts (`data-start`), so that a selection on the page can be told in offsets. `start` is that of `text`."""
    parts: list[Markup] = []
    last = 0
    for found in _UNSEEN.finditer(text):
        parts += [_run(text, last, found.start(), start), Markup('<span class="odd" data-code="{}"></span>').format(_code(found.group()))]
        last = found.end()
    parts.append(_run(text, last, len(text), start))
    return Markup("").join(parts)


def _run(text: str, first: int, last: int, start: int) -> Markup:
    return Markup('<span data-start="{}">{}</span>').format(start + first, text[first:last]) if first < last else Markup("")


def _named(found: re.Match[str]) -> str:
    return f"⟦{_code(found.group())}⟧"


def _code(letter: str) -> str:
    return f"U+{ord(letter):04X}"
