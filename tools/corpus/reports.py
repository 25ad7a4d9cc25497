"""One report from a seed and a number: the same two, the same report, in any order and on any machine."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tools.variation.korean import particle

from sacho.lexicon import Lexicon, load
from sacho.lexicon.schema import Tenure

HERE = Path(__file__).resolve().parent
FIRST_DAY, DAYS = date(2015, 1, 5), 3600
_SLOT = re.compile(r"\{(\w+)\}(으로|이라고|이라는|은|이|을|과|와|는|가|를|로)?(?![가-힣])|\{(\w+)\}")
_OUTLETS = ("새벽신문(가상)", "누리뉴스(가상)", "가람일보(가상)", "한빛통신(가상)", "마루통신(가상)")
_SENTENCES = (1100, 1900)  # characters of a report, about


@dataclass(frozen=True, kw_only=True)
class Made:
    """A report as the batch runner reads it; `relevant` tells whether it is of diplomacy."""

    id: str
    published: str
    outlet: str
    title: str
    text: str
    relevant: bool


def make(number: int, *, seed: int, relevant: float) -> Made:
    """Report `number` of the corpus `seed`; `relevant` is the share of reports on diplomacy."""
    chance = Random(f"{seed} {number}")
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    told = chance.random() < relevant
    title, text = _diplomacy(chance, day) if told else _everyday(chance, day)
    return Made(
        id=f"s{seed}-{number:07}", published=day.isoformat(), outlet=chance.choice(_OUTLETS), title=title, text=text, relevant=told
    )


def _everyday(chance: Random, day: date) -> tuple[str, str]:
    topics, words = _read("everyday.toml")["topic"], _read("words.toml")
    topic = chance.choice(topics)

    def slots() -> dict[str, str]:
        return {
            "p": chance.choice(words["town"]), "n": chance.choice(words["surname"]) + chance.choice(words["given"]),
            "c": chance.choice(words["firm"]), "d": str(chance.randint(1, 28)), "m": str(chance.randint(1, 12)),
            "k": str(chance.randint(2, 98)), "h": str(chance.randint(101, 998)), "s": chance.choice(words["state"]),
            "j": chance.choice(words["when"]),
        }  # fmt: skip

    return filled(chance.choice(topic["title"]), slots()), _paragraphs(chance, [], topic["sentence"], slots)


def _diplomacy(chance: Random, day: date) -> tuple[str, str]:
    data = _read("diplomacy.toml")
    one, other = _two(chance, day)
    lexicon = load()
    cities = [p.name for p in lexicon.places.values() if p.country == other.country and "city" in p.precision]
    city = chance.choice(cities or [lexicon.countries[other.country].name])

    def slots() -> dict[str, str]:
        first, second = chance.sample(range(1, 28), 2)
        return {
            "a": _full(lexicon, one), "b": _full(lexicon, other), "as": _short(lexicon, one), "bs": _short(lexicon, other),
            "ac": lexicon.countries[one.country].name, "bc": lexicon.countries[other.country].name, "q": city,
            "d": str(max(1, day.day - first % 4)), "e": str(second), "o": chance.choice(data["agency"]),
            "g": chance.choice(data["subject"]),
        }  # fmt: skip

    text = _paragraphs(chance, [chance.choice(data["opening"])], data["sentence"], slots)
    return filled(chance.choice(data["headline"]), slots()), text


def _two(chance: Random, day: date) -> tuple[Tenure, Tenure]:
    """Two people in office on the day, of different states."""
    held = _in_office(day.isoformat()[:7])
    one = chance.choice(held)
    return one, chance.choice([t for t in held if t.country != one.country])


@cache
def _in_office(month: str) -> tuple[Tenure, ...]:
    lexicon = load()
    return tuple(t for some in lexicon.tenures.values() for t in some if t.since[:7] < month and (not t.until or t.until[:7] > month))


def _full(lexicon: Lexicon, tenure: Tenure) -> str:
    return f"{lexicon.people[tenure.person].name} {lexicon.countries[tenure.country].name} {tenure.title}"


def _short(lexicon: Lexicon, tenure: Tenure) -> str:
    return f"{lexicon.people[tenure.person].name.rpartition(' ')[2]} {tenure.title.rpartition(' ')[2]}"


def _paragraphs(chance: Random, first: list[str], sentences: list[str], slots: Any) -> str:
    """Sentences in paragraphs of one to three, up to the length of a report; a sentence may come again with other words."""
    wanted = chance.randint(*_SENTENCES)
    lines: list[str] = []
    paragraph = [filled(s, slots()) for s in first]
    order: list[str] = []
    while sum(map(len, lines)) + sum(map(len, paragraph)) < wanted:
        order = order or chance.sample(sentences, len(sentences))
        paragraph.append(filled(order.pop(), slots()))
        if len(paragraph) >= chance.randint(1, 3):
            lines.append(" ".join(paragraph))
            paragraph = []
    return "\n\n".join([*lines, " ".join(paragraph)]).strip()


def filled(sentence: str, slots: dict[str, str]) -> str:
    """The sentence with its slots filled; a particle behind a slot fits the last sound of what fills it."""

    def put(match: re.Match[str]) -> str:
        word = slots[match[1] or match[3]]
        return word + (particle(word.partition("(")[0], match[2]) if match[2] else "")

    return _SLOT.sub(put, sentence)


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))
