"""What is said, on standard error, when names found nothing: how they were read, and who could be named instead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sacho.cli.speech import count, say

if TYPE_CHECKING:
    from sacho.analysis import Missing, Seen


def say_missing(found: Sequence[Missing], lang: str) -> None:
    """A sentence for each name; one that is there, but not as asked for, is told with the people beside it."""
    for name in found:
        others = _listed(name.others, lang)
        if name.count:
            say(f"{_who(name, lang)} is there {count(name.count, 'time')}, but not as asked for; beside them: {others or '–'}.")
        elif name.entries and name.close:
            say(f"{_who(name, lang)} is not there; names like it that are: {others}.")
        elif name.entries:
            say(f"{_who(name, lang)} is not there; most often there: {others or '–'}.")
        elif name.close:
            say(f"{name.name} is a name that neither the lexicon nor these reports have; names like it: {others}.")
        else:
            say(f"{name.name} is a name that neither the lexicon nor these reports have; most often there: {others or '–'}.")


def _who(name: Missing, lang: str) -> str:
    """The name as it was read, with that as it was typed if it is another."""
    read = ", ".join(dict.fromkeys((e.name if lang == "ko" else e.en) or e.name for e in name.entries))
    return f"{name.name} ({read})" if read and read != name.name else name.name


def _listed(people: Sequence[Seen], lang: str) -> str:
    return ", ".join(f"{seen.name if lang == 'ko' else seen.name_en or seen.name} {seen.count}" for seen in people)
