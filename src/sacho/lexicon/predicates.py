"""What tells of an event: kinds, cue words, role frames and status rules, from the data files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import msgspec
from ahocorasick_rs import AhoCorasick

from sacho.records import Record, Status

_CUES = (
    "cues.toml",
    "acts.toml",
    "dealings.toml",
    "stances.toml",
    "forces.toml",
    "strikes.toml",
    "works.toml",
)


class Kind(Record):
    """A kind of event with its PLOVER and CAMEO codes (codebook, section 2)."""

    id: str
    type: str
    family: str
    past: str
    ko: str
    mode: str = ""
    cameo: str = ""
    planned_cameo: str = ""
    goldstein: float | None = None
    quad: int | None = None
    symmetric: bool = False
    local: bool = False
    joint_type: str = ""
    joint_cameo: str = ""
    joint_goldstein: float | None = None
    joint_quad: int | None = None


class Cue(Record):
    """Words that tell of one kind of event, and the frame that gives its roles. `cases` are the cases in which the
    noun alone carries the act of the clause (`담화에서 …고 밝혔다`), `without` words of the clause that rule it out
    (`기자들과 만나`); `past` verbs tell of it only in the past tense (`들어갔다`)."""

    id: str
    kind: str
    frame: str
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    light: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    objects: tuple[str, ...] = ()
    goes: dict[str, str] = msgspec.field(default_factory=dict)
    bare: bool = False
    progressive: bool = False
    objects_or_bare: bool = False
    need: tuple[str, ...] = ()
    said: bool = False
    past: bool = False


class StatusRule(Record):
    id: str
    status: Status
    pattern: str
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()


class StatusWords(Record):
    status: Status
    words: tuple[str, ...]


class Predicates(Record, eq=False):
    """Everything above, indexed. `nouns` and `verbs` map a form to its cues, in file order, `phrases` the
    beginning of phrases to those phrases; `noun_starts` are the beginnings of nouns, and `phrase_starts` finds the
    beginnings of phrases (`phrase_beginnings`, by number). `passive` maps
    a cue to its reading with 되다, 받다, 당하다. `status_of` gives, for morphemes written `form/TAG ` behind the word of an
    event, the first rule that matches and how many morphemes it takes."""

    kinds: dict[str, Kind]
    frames: dict[str, dict[str, str | bool]]
    nouns: dict[str, tuple[Cue, ...]]
    verbs: dict[str, tuple[Cue, ...]]
    noun_starts: frozenset[str]
    passive: dict[str, Cue]
    phrases: dict[str, tuple[tuple[str, Cue], ...]]
    phrase_beginnings: tuple[str, ...]
    phrase_starts: AhoCorasick
    status_of: Callable[[str], tuple[StatusRule, int] | None]
    noun_status: dict[str, Status]
    governor_status: dict[str, Status]


@cache
def load_predicates() -> Predicates:
    """Read the data files once. Raises `msgspec.ValidationError` naming the field if an entry is malformed."""
    cues = tuple(cue for name in _CUES for cue in msgspec.convert(_read(name)["cue"], tuple[Cue, ...]))
    kinds = msgspec.convert(_read("kinds.toml")["kind"], tuple[Kind, ...])
    raw = _read("statuses.toml")
    macros = raw["macros"]
    rules = msgspec.convert(raw["rule"], tuple[StatusRule, ...])
    frames = msgspec.convert(_read("frames.toml")["frame"], dict[str, dict[str, str | bool]])
    phrases = _phrases(cues)
    return Predicates(
        kinds={kind.id: kind for kind in kinds},
        frames=frames,
        nouns=_index(cues, "nouns"),
        verbs=_index(cues, "verbs"),
        passive={cue.id: turned for cue in cues if (turned := _passive(cue, frames)) is not None},
        noun_starts=frozenset(noun[:n] for cue in cues for noun in cue.nouns for n in range(1, len(noun) + 1)),
        phrases=phrases,
        phrase_beginnings=tuple(phrases),
        phrase_starts=AhoCorasick(list(phrases)),
        status_of=_status_reader(tuple((re.compile(_expand(rule.pattern, macros)), rule) for rule in rules)),
        noun_status=_words(msgspec.convert(raw["noun"], tuple[StatusWords, ...])),
        governor_status=_words(msgspec.convert(raw["governor"], tuple[StatusWords, ...])),
    )


def _status_reader(
    rules: tuple[tuple[re.Pattern[str], StatusRule], ...],
) -> Callable[[str], tuple[StatusRule, int] | None]:
    @lru_cache(maxsize=1 << 14)  # the ends of sentences are few: `하/XSV 었/EP 다/EF ./SF `
    def read(tail: str) -> tuple[StatusRule, int] | None:
        for pattern, rule in rules:
            match = pattern.match(tail)
            if match is not None:
                words = match.group()
                return rule, words.count(" ") + (not words.endswith(" "))
        return None

    return read


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("sacho.lexicon") / "data" / name).read_text(encoding="utf-8"))


def _index(cues: tuple[Cue, ...], field: str) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for cue in cues:
        for form in getattr(cue, field):
            found.setdefault(form, []).append(cue)
    return {form: tuple(group) for form, group in found.items()}


def _passive(cue: Cue, frames: dict[str, dict[str, str | bool]]) -> Cue | None:
    """The frame's `passive` names who fills the roles when the subject is the one it is done to."""
    frame = str(frames[cue.frame].get("passive", ""))
    return msgspec.structs.replace(cue, frame=frame, need=("two",) if "two" in cue.need else ("party",)) if frame else None


def _phrases(cues: tuple[Cue, ...]) -> dict[str, tuple[tuple[str, Cue], ...]]:
    found: dict[str, list[tuple[str, Cue]]] = {}
    for cue in cues:
        for phrase in cue.phrases:
            found.setdefault(_beginning(phrase), []).append((phrase, cue))
    return {first: tuple(group) for first, group in found.items()}


def _beginning(phrase: str) -> str:
    """The letters that every form of a phrase begins with: its first word without particle, or its stem."""
    first, blank, _ = phrase.partition(" ")
    if not blank and first.endswith(("이라고", "이라며")):
        return first[:-3]
    short = first[:-1] if not blank or first[-1] in "을를이도" else first
    return short or phrase[0]


def _words(groups: tuple[StatusWords, ...]) -> dict[str, Status]:
    return {word: group.status for group in groups for word in group.words}


def _expand(pattern: str, macros: dict[str, str]) -> str:
    for name, text in macros.items():
        pattern = pattern.replace("{" + name + "}", text)
    return pattern


# Last syllables whose forms no vowel rule gives.
_IRREGULAR = {
    "하": "하해", "않": "않", "젓": "젓저", "긋": "긋그", "붓": "붓부", "싣": "싣실", "듣": "듣들", "묻": "묻물", "돕": "돕도",
    "교": "교", "으": "으은을아았", "라": "라란랄랐래",
}  # fmt: skip
_CONTRACTED = {"ㅣ": 6, "ㅜ": 14, "ㅗ": 9, "ㅡ": 4}  # vowel of the syllable with 어: 밝히어 혀, 나누어 눠, 보아 봐, 쓰어 써
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_N, _L, _M, _B, _SS = 4, 8, 16, 17, 20  # final consonants


def _forms(syllable: str) -> str:
    """The forms of a stem's last syllable in running text, as a character class: `히` 히힌힐힘힙혀혔, `열` 열연엽여."""
    found = _IRREGULAR.get(syllable, syllable)
    code = ord(syllable) - 0xAC00
    if syllable in ("하",) or (syllable not in _IRREGULAR and 0 <= code < 11172 and code % 28 in (0, _L)):
        plain = ord(found[0]) - (code % 28)
        found += "".join(chr(plain + final) for final in (0, _N, _L, _M, _B))
        for form in found[:2] if syllable == "하" else found[:1]:
            open_ = ord(form) - (ord(form) - 0xAC00) % 28
            lead, vowel = divmod((open_ - 0xAC00) // 28, 21)
            joined = _CONTRACTED.get(_VOWELS[vowel], vowel)
            short = 0xAC00 + (lead * 21 + joined) * 28
            found += chr(short) + chr(short + _SS) if code % 28 == 0 else ""
    return "[" + "".join(dict.fromkeys(found)) + "]"


# `합의를 통째로 버리`, `군사분계선을 걸어서 넘`
_ADVERB = (
    r"(?:(?:걸어서|도보로|일부|사실상|뒤늦게|재차|최종|크게|잇따라|잇달아|정식|자진|새로|나란히"
    r"|거듭|다시|또|전격|직접|대신|모두|함께|전면|잠정|즉각|공식|강력|[가-힣]+(?:하게|으로|히))\s+)?"
)
_CLOSING = "[”\"’'』」》]?"


@cache
def any_phrase(beginning: str, predicates: Predicates) -> re.Pattern[str]:
    """The forms of all phrases with that beginning; compiled when a text first needs it."""
    return re.compile("|".join(dict.fromkeys(phrase_forms(phrase).pattern for phrase, _ in predicates.phrases[beginning])))


@cache
def phrase_forms(phrase: str) -> re.Pattern[str]:
    """The forms of a phrase in running text; compiled when a text first needs it."""
    stem, last = phrase[:-1], phrase[-1]
    body = re.escape(stem).replace(r"\ ", r"\s*")
    body = re.sub(r"(을|를|이|도)\\s\*", lambda m: rf"(?:[을를이도의]\s*{_ADVERB}|\s*)", body)
    said = re.search("(?:이?라고|이?라며|다고|다며)$", phrase)
    if said is not None:  # a closing mark may stand before what reports the words: `무모하다”고`, `떠나라”고`, `도발”이라고`
        plain, words = phrase[: said.start()], said.group()
        inner = words[0] + _CLOSING + words[1:] if words[0] in "다라" else words
        outer = "" if words[0] == "다" else _CLOSING
        return re.compile(re.escape(plain).replace(r"\ ", r"\s*") + outer + inner)
    if last == "르" and (ord(stem[-1]) - 0xAC00) % 28 == 0:  # 오르: 오른, 올라, 올랐
        doubled = chr(ord(stem[-1]) + 8)
        return re.compile(f"{body[:-1]}(?:{stem[-1]}[르를른]|{doubled}[라랐러렀]|{stem[-1]}[러렀])")
    if last == "으":
        stem_last = stem[-1]
        changed = {"모": "(?:모으|모은|모을|모아|모았)"}.get(stem_last)
        if changed:
            return re.compile(body[:-1] + changed)
    clipped = last == "하" and " " in stem  # `지지를 표명` closes a line
    return re.compile(body + (f"(?:{_forms(last)}|$)" if clipped else _forms(last)))
