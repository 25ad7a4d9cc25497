"""Titles: whether a short form can mean an office."""

from __future__ import annotations

from functools import lru_cache

from sacho.annotate.mention_rules import MentionRules
from sacho.lexicon import Lexicon
from sacho.lexicon.schema import Tenure

_LONGEST = 10


@lru_cache(maxsize=1 << 14)
def core_title(office: str, lexicon: Lexicon) -> str:
    """The title at the end of an office: 장관 for `외교부 장관`, 국무위원장 for `북한 국무위원장`."""
    last = office.rsplit(" ", 1)[-1]
    for n in range(min(len(last), _LONGEST), 1, -1):
        if last[-n:] in lexicon.title_forms:
            return last[-n:]
    return last


@lru_cache(maxsize=1 << 15)
def fit(short: str, office: str, lexicon: Lexicon, rules: MentionRules) -> int:
    """How well a title as written fits an office: 3 the same, 2 its end (`위원장`, 국무위원장), 1 another word for the
    same office (`장관`, 외무상; `부위원장`, 제1부위원장), 0 not at all."""
    wanted, held = core_title(short, lexicon), core_title(office, lexicon)
    if wanted == held:
        return 3
    if held.endswith(wanted):
        before = held[: -len(wanted)]
        return (1 if before.startswith("제") else 0) if before in rules.rank_prefixes else 2
    if wanted.endswith(held) and wanted[: -len(held)] not in rules.rank_prefixes:
        return 1
    shared = rules.same.get(wanted, frozenset()) & rules.same.get(held, frozenset())
    return 1 if shared else 0


def is_leader(office: str, lexicon: Lexicon, rules: MentionRules) -> bool:
    return core_title(office, lexicon) in rules.leaders


def is_minister(office: str, lexicon: Lexicon, rules: MentionRules) -> bool:
    return core_title(office, lexicon) in rules.ministers


@lru_cache(maxsize=1 << 15)
def best_tenure(
    short: str, person: str, day: str, lexicon: Lexicon, rules: MentionRules
) -> tuple[int, Tenure | None]:
    """The office of a person that a title fits best, and how well: 4 to 6 if held on the day, 1 to 3 otherwise."""
    best: tuple[int, Tenure | None] = (0, None)
    current = {id(t) for t in lexicon.offices_of(person, day)} if day else set()
    for tenure in lexicon.tenures.get(person, ()):
        score = fit(short, tenure.title, lexicon, rules)
        if score and id(tenure) in current:
            score += 3
        if score > best[0]:
            best = (score, tenure)
    return best
