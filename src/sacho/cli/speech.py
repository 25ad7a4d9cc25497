"""The language in which the commands speak: help texts, errors and lines on standard error, in English or Korean.

The code says everything in English. What is said is found in the catalogue (`locale/`) by its words: a sentence with values stands there
as a template, `{0} cannot be read ({1}); check the path.`, and values that are sentences themselves are looked up in turn.
`tools/messages.py` lists what the catalogue must hold.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cache
from pathlib import Path

import click

LANGUAGES = ("ko", "en")
_HOLE = re.compile(r"\{(\d+)\}")
_SYSTEM = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(args: Sequence[str], set_to: str, environment: Mapping[str, str]) -> str:
    """The language of a call: `--lang` among its arguments, else what settings say, else the system's if it is Korean, else English."""
    for word, after in zip(args, [*args, ""][1:], strict=True):
        asked = after if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if asked in LANGUAGES:
            return asked
    if set_to in LANGUAGES:
        return set_to
    system = next((environment[name] for name in _SYSTEM if environment.get(name)), "")
    return "ko" if system.startswith("ko") else "en"


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Let click's own words ("Usage", "Invalid value for") be of a language too: it takes them from gettext."""
    import gettext

    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain("sacho", str(Path(__file__).parent.parent / "locale"))
    gettext.textdomain("sacho")
    os.environ["LANGUAGE"] = lang
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def say(sentence: str, *, nl: bool = True) -> None:
    """A sentence on standard error, in the language of the call."""
    click.echo(told(sentence, spoken()), err=True, nl=nl)


def count(number: int, one: str, many: str = "") -> str:
    """`1 report`, `2 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def spoken() -> str:
    """The language of the call that is under way."""
    context = click.get_current_context(silent=True)
    return spoken_in(context) if context is not None else "en"


def spoken_in(context: click.Context) -> str:
    """The language of the call that a context belongs to."""
    lang = context.find_root().obj
    return lang if lang in LANGUAGES else "en"


def told(sentence: str, lang: str) -> str:
    """A sentence in a language; what the catalogue lacks stays in English."""
    return sentence if lang == "en" else _told(sentence, lang)


def translated(command: click.Command, lang: str) -> click.Command:
    """A command whose help is in a language. The command itself stays as it is."""
    if lang == "en":
        return command
    from sacho.language import speak

    word = speak(lang)
    out = copy(command)
    out.help, out.epilog = word(command.help) if command.help else None, word(command.epilog) if command.epilog else None
    out._help_option = None  # made anew when asked for: click keeps it with the words of the language that was asked for first
    out.params = [copy(p) for p in command.params]
    for parameter in out.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = word(parameter.help)
    if isinstance(command, click.Group) and isinstance(out, click.Group):
        out.commands = {name: translated(below, lang) for name, below in command.commands.items()}
    return out


def texts_of(command: click.Command) -> Iterator[str]:
    """Every text of a command that `--help` shows."""
    yield from filter(None, (command.help, command.epilog))
    yield from (p.help for p in command.params if isinstance(p, click.Option) and p.help)
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from texts_of(below)


# ---------------------------------------------------------------- finding a sentence by its words


def _told(sentence: str, lang: str) -> str:
    if " " not in sentence.strip():
        return sentence  # a name, a number, a word to be typed
    said = _found(sentence, lang)
    return said if said is not None else _in_parts(sentence, lang)


def _found(sentence: str, lang: str) -> str | None:
    """What the catalogue has for a whole sentence or part of one."""
    plain, templates = _catalogue(lang)
    if sentence in plain:
        return plain[sentence]
    for pattern, words in templates:
        found = pattern.fullmatch(sentence)
        if found is not None:
            return words.format(*(_told(value, lang) for value in found.groups()))
    return None


def _in_parts(sentence: str, lang: str) -> str:
    """`PLACE FAULT; REMEDY.`, where fault and remedy are known and the place is anything."""
    whole = sentence.removesuffix(".")
    head, mark, remedy = whole.rpartition("; ")
    for at in (m.end() for m in re.finditer(" ", whole)):
        end = "." if whole != sentence else ""
        if " " in whole[at:] and (said := _found(whole[at:], lang)) is not None:
            return f"{whole[:at].strip()}: {said}{end}"
        if mark and " " in head[at:] and (said := _found(head[at:], lang)) is not None:
            return f"{head[:at].strip()}: {said}; {_found(remedy, lang) or remedy}{end}"
    return sentence


@cache
def _catalogue(lang: str) -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """Sentences without values, and templates with the most words first."""
    from sacho.language import messages

    held = messages(lang)
    plain = {key: words for key, words in held.items() if not _HOLE.search(key)}
    holed = [(key, words) for key, words in held.items() if _HOLE.search(key)]
    holed.sort(key=lambda item: -len(_HOLE.sub("", item[0])))
    return plain, [(_pattern(key), words) for key, words in holed]


def _pattern(template: str) -> re.Pattern[str]:
    """What a template matches. One of a few plain words (`{0} of {1}`, `{0} reports`) begins with a number, or much would match it."""
    parts = _HOLE.split(template)  # text, number, text, number, …
    counts = not parts[0] and "".join(parts[::2]).replace(" ", "").isalpha()
    words = "(.+?)".join(re.escape(text.replace("{{", "{").replace("}}", "}")) for text in parts[::2])
    return re.compile((r"(?=\d)" if counts else "") + words, re.DOTALL)
