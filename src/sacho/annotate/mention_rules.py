"""Words and shapes of the phrases around names: `data/mentions.toml` and `data/offices.toml`, compiled."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import msgspec
from ahocorasick_rs import AhoCorasick

from sacho.records import Record


class Shape(Record):
    """A phrase: `shape` is a regular expression over the letters of its parts."""

    id: str
    kind: str
    shape: str
    example: str = ""


class Collective(Record):
    """`who`: states, leaders, ministers, persons or bodies; `count`: how many of them; `members`: which bodies."""

    id: str
    pattern: str
    who: str
    count: int
    members: tuple[str, ...] = ()


class Same(Record):
    """Titles of one office."""

    id: str
    titles: tuple[str, ...]


class Revered(Record):
    """`words` mean `person` in a report of the days from `from_` until `until` ("" without bound)."""

    person: str
    words: tuple[str, ...]
    from_: str = msgspec.field(name="from")
    until: str


class _Mentions(Record):
    words: dict[str, str]
    title_after: str
    title_not: str
    topic: str
    organ_ends: str
    branch: str
    not_names: str
    apposition: str
    northern: str
    surnames: str
    hanja_surnames: str
    compound_surnames: tuple[str, ...]
    vietnamese_surnames: frozenset[str]
    collective: tuple[Collective, ...]
    pair_persons: dict[str, str]
    former_bodies: dict[str, str]
    shape: tuple[Shape, ...]


class _Offices(Record):
    rank_prefixes: frozenset[str]
    same: tuple[Same, ...]
    spokesmen: dict[str, frozenset[str]]
    leaders: dict[str, tuple[str, ...]]
    revered: tuple[Revered, ...]


class MentionRules(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """Compiled. `shapes` by the letters a phrase can begin with; `words` reads a small word, by group name;
    `plain_words` one that its end does not tell. `word_starts` finds where the plain ones, `word_ends` before which words
    the others may begin."""

    words: re.Pattern[str]
    plain_words: re.Pattern[str]
    word_starts: re.Pattern[str]
    word_ends: AhoCorasick
    honorific: re.Pattern[str]
    polite: re.Pattern[str]
    copula: re.Pattern[str]
    government: re.Pattern[str]
    modifier: re.Pattern[str]
    title_after: re.Pattern[str]
    title_not: re.Pattern[str]
    topic: re.Pattern[str]
    organ_ends: re.Pattern[str]
    not_names: re.Pattern[str]
    apposition: re.Pattern[str]
    northern: re.Pattern[str]
    charge: re.Pattern[str]
    branch: re.Pattern[str]
    dealings: re.Pattern[str]
    counted: re.Pattern[str]
    surnames: frozenset[str]
    hanja_surnames: dict[str, str]
    compound_surnames: tuple[str, ...]
    vietnamese_surnames: frozenset[str]
    collectives: dict[str, Collective]
    delegations: tuple[str, ...]
    pair_persons: re.Pattern[str]
    shapes: tuple[tuple[Shape, re.Pattern[str]], ...]
    rank_prefixes: frozenset[str]
    same: dict[str, frozenset[str]]
    spokesmen: frozenset[str]
    leaders: frozenset[str]
    first_leaders: tuple[str, ...]
    ministers: frozenset[str]
    former_bodies: dict[str, str]
    revered_words: re.Pattern[str]
    revered: tuple[Revered, ...]


@cache
def load_mention_rules() -> MentionRules:
    """Read both files once. Raises `msgspec.ValidationError` naming the entry that is missing or ill-typed."""
    data = msgspec.convert(_read("mentions.toml"), _Mentions)
    offices = msgspec.convert(_read("offices.toml"), _Offices)
    words, (first, ended, last) = data.words, _edged(data)
    return MentionRules(
        former_bodies=data.former_bodies,
        words=re.compile(_small_words([*first, *ended, *last])),
        plain_words=re.compile(_small_words([*first, *last])),
        word_starts=re.compile(rf"[(겸{_first_letters([*first, *last])}](?:(?<=\()|(?<=[리관장상원]겸)|(?<![가-힣A-Za-z0-9].))"),
        word_ends=AhoCorasick([*_delegations(words), *_people(words)]),
        honorific=re.compile(rf"\s?(?:{words['honorific']}|일행|내외|부부)(?![가-힣]*(?:장|실|부|회|적))"),
        polite=re.compile(r"(?<=[가-힣)])\s?씨(?=[\s,.·]|[가는와를의도에측]|와의|에게)"),
        copula=re.compile(rf"(?:{words['copula']})(?=\s)"),
        government=re.compile(rf"\s?(?:{words['government']})"),
        modifier=re.compile(rf"(?:{words['modifier']})"),
        title_after=re.compile(data.title_after),
        title_not=re.compile(data.title_not),
        topic=re.compile(rf"\s?(?:{data.topic})(?=\s|[가-힣])"),
        organ_ends=re.compile(rf"(?:{data.organ_ends})$"),
        not_names=re.compile(rf"^(?:{data.not_names})"),
        apposition=re.compile(_apposition(data.apposition.split("|"))),
        northern=re.compile(data.northern),
        counted=re.compile(rf"{words['counted']}$"),
        charge=re.compile(r"\s?(?:[가-힣·ㆍ]+\s){0,3}[가-힣·]{0,5}(?:담당|관련|문제)\s"),
        dealings=re.compile(r" (?:[가-힣]+ ){0,2}[가-힣]*(?:교섭|협상|회담|교류|관계|협력|담당|국교정상화) "),
        branch=re.compile(rf"(?:{data.branch}) $"), surnames=frozenset(data.surnames),
        hanja_surnames=dict(zip(data.hanja_surnames[::2], data.hanja_surnames[1::2], strict=True)),
        compound_surnames=data.compound_surnames, vietnamese_surnames=data.vietnamese_surnames,
        delegations=_delegations(words),
        collectives={c.id.replace("-", "_"): c for c in data.collective},
        pair_persons=_pair_persons(**data.pair_persons),
        shapes=tuple((shape, re.compile(shape.shape)) for shape in data.shape),
        rank_prefixes=offices.rank_prefixes,
        same=_families(offices.same),
        spokesmen=offices.spokesmen["titles"],
        leaders=frozenset(offices.leaders["titles"]), first_leaders=offices.leaders["first"],
        revered_words=_revered_words(offices.revered),
        revered=offices.revered,
        ministers=frozenset(next(f.titles for f in offices.same if f.id == "minister")),
    )


def _apposition(words: list[str]) -> str:
    """One of the words, or a word in 인, before another word. What stands in front only makes the search faster: the last
    syllable that the first word must have."""
    last = "".join(sorted({word.partition(" ")[0][-1] for word in words} | {"인"}))
    return rf"(?<![가-힣])(?=[가-힣]++(?<=[{last}]) [가-힣])(?:{'|'.join(words)}|[가-힣]{{2,8}}(?<=[가-힣])인) (?=[가-힣])"


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((files("sacho.annotate") / "data" / name).read_text(encoding="utf-8"))


def _small_words(edged: Iterable[str]) -> str:
    """One group a letter; collectives by their id. `edged` are those that begin at a word's edge."""
    bracket = r"(?P<A>\((?!(?:단장|수석대표|책임자)[ :=은는])[^()\n]{1,24}\))"
    return rf"(?<![가-힣A-Za-z0-9])(?:{'|'.join(edged)})|(?P<K>(?<=[\s리관장상원])겸)(?=\s)|{bracket}"


def _families(titles: Iterable[Same]) -> dict[str, frozenset[str]]:
    """Title -> the offices it stands for."""
    out: dict[str, frozenset[str]] = {}
    for family in titles:
        for title in family.titles:
            out[title] = out.get(title, frozenset()) | {family.id}
    return out


def _delegations(words: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(words["delegation"].split("|"), key=len, reverse=True))


def _people(words: dict[str, str]) -> list[str]:
    """The words at the end of a group of people."""
    nationals = [f"{state}인" for state in words["nationals"].split("|")]
    return [*words["group"].replace(r"\s", " ").split("|"), *words["counted_people"].split("|"), *nationals, *words["societies"].split("|")]


def _revered_words(revered: Iterable[Revered]) -> re.Pattern[str]:
    words = sorted({w for r in revered for w in r.words}, key=len, reverse=True)
    return re.compile(rf"(?<![가-힣])(?:{'|'.join(words)})(?!들)")


def _pair_persons(leaders: str, ministers: str, reject: str) -> re.Pattern[str]:
    return re.compile(rf"\s?(?:(?P<leaders>{leaders})|(?P<ministers>{ministers}))(?!{reject})")


def _edged(data: _Mentions) -> tuple[list[str], list[str], list[str]]:
    """Words that begin at a word's edge: small ones, those whose end tells them (delegations, groups of people), and
    small ones again, in the order in which they are tried."""
    words = data.words
    first = [f"(?P<E>{words['epithet']})"]
    first += [
        rf"(?P<U_{c.id.replace('-', '_')}>{c.pattern})(?=[은는이가을를의에간과와도들측]|[^가-힣]|$)" for c in data.collective
    ]
    ended = [
        rf"(?P<D>(?:(?:{words['delegation_before']}|[가-힣]{{2,12}}(?:{words['delegation_of']}))\s)*[가-힣·]*(?:{words['delegation']}))(?![장원성])(?!성원)",
        rf"(?P<Q>(?:(?:(?:{words['group']})\s)?[가-힣·]{{0,8}}?(?:{words['group']})|[가-힣]{{2,12}}(?:{words['societies']})"
        rf"|(?:[가-힣]{{2,6}}\s)?[가-힣]{{0,4}}(?:{words['counted_people']}){words['counted']}"
        rf"|(?:[가-힣]{{1,4}}계\s)?(?:{words['nationals']})인(?:들)?){words['counted']}?)(?={words['group_after']})",
    ]
    last = [
        rf"(?P<M>(?:{words['modifier']}))(?=\s)",
        rf"(?P<C>{words['ours']}\s?)(?=정부|측|군|당국|외교부|대통령|국방부|통일부|나라|대표단|국민|선원|어민|기업|선박|어선|교민|여행객|근로자|인원)",
        r"(?P<V>(?:정부|당국|군(?=은\s))(?<!자국\s정부)(?<!자국\s당국))(?=[는가의와를도]|에(?:게)?\s(?!따르|의하|의해|대한|대해)|\s(?:고위\s|핵심\s)?(?:당국자|관계자|소식통|대변인|차원|입장|측)|은\s|이\s)",
    ]
    return first, ended, last


def _first_letters(patterns: Iterable[str]) -> str:
    """Every letter that a match can begin with, and some more: those that begin a pattern, a group or an alternative,
    or follow what may be absent."""
    return "".join(sorted({letter for p in patterns for letter in re.findall(r"(?:^|[:|?*>])([가-힣0-9])", p)}))


def small_words(text: str, rules: MentionRules) -> Iterator[re.Match[str]]:
    """The small words of a text, without overlap, in text order. Only places where one may begin are tried."""
    starts = {match.start(): rules.plain_words for match in rules.word_starts.finditer(text)}
    for number, begin, end in rules.word_ends.find_matches_as_indexes(text, overlapping=True):
        first = _run_start(text, begin)
        while first and text[first - 1] in " \n":
            first = _run_start(text, first - 1)
            if number >= len(rules.delegations):
                break  # a group of people has at most one word before it
        starts |= {i: rules.words for i in range(first, end) if i == first or text[i - 1] in "· \n"}
    last = 0
    for start in sorted(starts):
        found = starts[start].match(text, start) if start >= last else None
        if found is not None:
            last = found.end()
            yield found


def _run_start(text: str, at: int) -> int:
    """Where the letters that end at `at` begin."""
    while at and (text[at - 1] == "·" or "가" <= text[at - 1] <= "힣"):
        at -= 1
    return at
