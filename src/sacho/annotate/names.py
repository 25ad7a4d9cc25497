"""Names of the lexicon that stand as words of their own, found before the analyser sees the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sacho.annotate.name_rules import CompiledGuard, NameRules, load_name_rules
from sacho.annotate.register import Register, register_of
from sacho.lexicon import Lexicon
from sacho.records import Record

_LONGEST_TITLE = 8
_HANJA = "\u4e00-\u9fff"
_DOTS = re.compile(r"\s?[·ㆍ‧・∙/－–-]\s?")
_STATES = "美中日北英佛獨露"  # one hanja for a state, as headlines write it before a name


class NameMatch(Record):
    """A form in the text, and what it may stand for: (table, id) pairs. `members` are the states of a pair."""

    start: int
    end: int
    form: str
    targets: tuple[tuple[str, str], ...]
    members: tuple[str, ...] = ()


def find_names(text: str, lexicon: Lexicon) -> tuple[NameMatch, ...]:
    """Longest matches in text order, without overlap.

    A form counts only as a word of its own: it starts a word or follows another name, and is followed by the
    word's end, a particle, a title or one of the nouns that are written solid with names (`데이터`: names.toml).
    So `왕이` is not found in `왕이었다`, nor `이란` in `‘평화’이란 말`.
    """
    rules, register = load_name_rules(), register_of(text)
    raw = [(start, end, index) for index, start, end in lexicon.automaton.find_matches_as_indexes(text)]
    starts = {start for start, _, _ in raw}
    found: list[NameMatch] = []
    weak: list[NameMatch] = []
    for start, end, index in raw:
        match = _accepted(text, start, end, index, lexicon, rules, register, starts, found)
        if match is not None:
            (weak if _is_weak(match, text, lexicon, rules) else found).append(match)
        elif end - start > 2:
            found.extend(_inside(text, start, end, lexicon, rules, register, starts, found))
    known = {target for m in found for target in m.targets}
    found += [m for m in weak if any(t in known for t in m.targets)]
    found.sort(key=lambda m: m.start)
    return tuple(_merged(found, _lone(text, lexicon, rules)))


def _accepted(
    text: str, start: int, end: int, index: int, lexicon: Lexicon, rules: NameRules, register: Register,
    starts: set[int], found: Sequence[NameMatch],
) -> NameMatch | None:  # fmt: skip
    if start and text[start - 1].isalnum() and not (found and found[-1].end == start) and not _posted(text, start):
        return None
    surface = lexicon.surfaces[index]
    targets = tuple([t for t in surface.targets if _ends(text, end, t[0], t[1], lexicon, rules, starts)])
    if not targets:
        return None
    if targets[0][0] != "people" and _cut_title(text, start, end, lexicon):
        return None
    guard = rules.guards.get(surface.form)
    if guard is not None and not _passes(text, start, end, guard, register):
        return None
    members = lexicon.pairs[targets[0][1]].members if targets[0][0] == "pairs" else ()
    return NameMatch(start=start, end=end, form=surface.form, targets=targets, members=members)


def _posted(text: str, start: int) -> bool:
    """`주러시아 대사`: the country after 주(駐); `美재무부`: a name behind one hanja for a state."""
    return (text[start - 1] == "주" or text[start - 1] in _STATES) and (start == 1 or not text[start - 2].isalnum())


def _ends(
    text: str, end: int, table: str, key: str, lexicon: Lexicon, rules: NameRules, starts: set[int]
) -> bool:
    if end in starts or end == len(text):
        return True
    if table == "people":
        return rules.person.match(text, end) is not None or title_at(text, end, lexicon) > 0
    if table == "pairs":
        risky = key in rules.risky_pairs or lexicon.pairs[key].register == "dprk"
        if key in rules.continents and rules.acting.match(text, end) and any(side in text for side in rules.continents[key]):
            return True  # `북미는 하노이에서 회담을 열었다`
        return (rules.risky if risky else rules.pair).match(text, end) is not None
    return rules.state.match(text, end) is not None or title_at(text, end, lexicon) > 0


def title_at(text: str, start: int, lexicon: Lexicon) -> int:
    """Length of the longest title of the lexicon that starts there, 0 if none."""
    if text[start : start + 2] not in lexicon.title_starts:
        return 0
    forms = lexicon.title_forms
    return next((n for n in range(min(_LONGEST_TITLE, len(text) - start), 1, -1) if text[start : start + n] in forms), 0)


def _cut_title(text: str, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the form's end lies inside a title: `국무위` in `국무위원장`."""
    if not "가" <= text[end : end + 1] <= "힣":
        return False
    if text[end - 1] == "부" and title_at(text, end, lexicon):
        return False  # `외교부|대변인`, though `부대변인` is a title as well
    return any([title_at(text, k, lexicon) > end - k for k in range(max(start, end - 4), end)])


def _passes(text: str, start: int, end: int, guard: CompiledGuard, register: Register) -> bool:
    if guard.before is not None and guard.before.search(text, max(0, start - 8), start):
        return False
    if guard.reject is not None and guard.reject.match(text, end):
        return False
    if guard.sure is not None and guard.sure.match(text, end):
        return True
    if guard.dprk_only and not register.is_dprk(start):
        return False
    return guard.after is None or guard.after.match(text, end) is not None


def _is_weak(match: NameMatch, text: str, lexicon: Lexicon, rules: NameRules) -> bool:
    """A person's name of two syllables without an office close by: true only if the text names the person so
    elsewhere."""
    if match.end - match.start > 2 or match.targets[0][0] != "people":
        return False
    following = text[match.end : match.end + 32].split("\n")[0].split(" ")
    for word in following[: 6 if following[0] == "" else 1]:
        if word.startswith(rules.regimes) or any(title_at(word, i, lexicon) for i in range(min(len(word), 8))):
            return False
    before = text[max(0, match.start - 9) : match.start].rstrip().rsplit(" ", 1)[-1]
    return before not in _STATES and not any(before[-n:] in lexicon.title_forms for n in range(2, _LONGEST_TITLE))


def _inside(
    text: str, start: int, end: int, lexicon: Lexicon, rules: NameRules, register: Register, starts: set[int],
    found: Sequence[NameMatch],
) -> Iterator[NameMatch]:  # fmt: skip
    """Shorter names inside a form that was refused: `중국` in `중국 외교부` before 장."""
    done = start
    for left, right in ((start, end - 1), (start + 1, end + 10)):
        for index, a, b in lexicon.automaton.find_matches_as_indexes(text[left:right]):
            if done <= a + left < end:
                match = _accepted(text, a + left, b + left, index, lexicon, rules, register, starts, found)
                if match is not None:
                    done = match.end
                    yield match


def _lone(text: str, lexicon: Lexicon, rules: NameRules) -> Iterator[NameMatch]:
    """One syllable or one hanja for a state, and states joined by a dot, in the contexts of `data/names.toml`."""
    places, pattern, states = _lone_pattern(lexicon)
    last = 0
    for place in places.finditer(text):
        match = pattern.match(text, place.start()) if place.start() >= last else None
        if match is None:
            continue
        form, last = match.group(), match.end()
        if match.lastgroup == "fixed":
            yield NameMatch(
                start=match.start(), end=match.end(), form=form, targets=(("pairs", form),),
                members=rules.lone.fixed[form.replace(" ", "")],
            )  # fmt: skip
        elif match.lastgroup == "dotted":
            members = tuple(states[part] for part in _DOTS.split(form) if part in states)
            if len(set(members)) == len(members):
                yield NameMatch(start=match.start(), end=match.end(), form=form, targets=(("pairs", form),), members=members)
        elif (code := states.get(form[0])) is not None:
            yield NameMatch(start=match.start(), end=match.end(), form=form, targets=(("countries", code),))


@lru_cache(maxsize=4)
def _lone_pattern(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Where such a form may begin: a syllable that no other stands before, or hanja; what it is; the states."""
    lone = load_name_rules().lone
    states: dict[str, str] = {}
    for country in lexicon.countries.values():
        for form in (country.short, country.hanja, *country.aliases, *country.dprk):
            if len(form) == 1:
                states.setdefault(form, country.id)
    letters = "".join(states)
    states |= {c.name: c.id for c in lexicon.countries.values() if len(c.name) > 1}
    hanja = "".join(c for c in letters if c > "\u4dff" and c < "\ua000")
    every = letters
    names = "|".join(sorted((form for form in states if len(form) > 1), key=len, reverse=True))
    organ = rf"(?=\s(?:{'|'.join(lone.organs)}))"
    start = r"(?:(?<![가-힣A-Za-z0-9\"”'’)\]])|(?<=\s[\"“'‘(\[])|(?<=^[\"“'‘(\[]))"
    after_pair = r"(?![A-Za-z0-9])(?:(?![가-힣])|(?=간|의|이|가|은|는|도|와|과|를|을|에|정상|관계|회담|수뇌|외교|국방|친선|3|양))"
    head = "(?:" + "|".join([r"(?<=\n)", r"(?<=[\"“‘'…]\s)", r"(?<=,\s)", r"(?<=\s[\"“‘'])", r"(?<=^[\"“‘'])", r"(?<=^)"]) + ")"
    pattern = "|".join([
        rf"(?P<fixed>(?<![가-힣])(?:{'|'.join(f[0] + chr(32) + '?' + f[1:-1] + chr(32) + '?' + f[-1] for f in lone.fixed)}))",
        rf"(?P<dotted>(?<![가-힣{_HANJA}A-Za-z0-9])[{every}](?:\s?[·ㆍ‧・∙/－–-]\s?(?:{names}|[{every}]))+{after_pair})",
        rf"(?P<hanja>(?<![{_HANJA}])[{hanja}](?![{_HANJA}·ㆍ‧・∙])(?=[\s,가-힣\"”’'…]))",
        rf"(?P<side>{start}[{every.replace('한', '').replace('남', '').replace('대', '')}](?=측(?:은|이|과|의|에|을|도|\s|,)))",
        rf"(?P<free>{start}[{''.join(lone.free)}]{organ})",
        rf"(?P<led>{head}[{''.join((*lone.free, *lone.led))}](?=,\s|{organ[3:-1]}))",
        rf"(?P<particle>{start}[{''.join(lone.particle_states)}](?=(?:{'|'.join(lone.particles)})(?![가-힣])))",
    ])  # fmt: skip
    first = "".join([every, *lone.free, *lone.led, *lone.particle_states, *(form[0] for form in lone.fixed)])
    places = re.compile(rf"[{first}](?:(?<![가-힣].)|(?<=[{hanja}]))")
    return places, re.compile(pattern, re.MULTILINE), states


def _merged(found: Sequence[NameMatch], lone: Iterable[NameMatch]) -> Iterator[NameMatch]:
    """Both in text order; where they meet, the longer stays."""
    kept: list[NameMatch] = []
    for match in sorted([*found, *lone], key=lambda m: (m.start, -m.end)):
        if kept and match.start < kept[-1].end:
            if match.end - match.start > kept[-1].end - kept[-1].start:
                kept[-1] = match
            continue
        kept.append(match)
    yield from kept
