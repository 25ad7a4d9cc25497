"""Which words of a text are the DPRK's own: a whole DPRK report, or a quotation of one in ROK press."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

import msgspec

from sacho.annotate.name_rules import load_name_rules

_QUOTED = re.compile(r'“[^”]{2,1500}”|"[^"]{2,1500}"|《[^》]{2,40}》|‘[^’]{2,200}’')


class Register(msgspec.Struct, frozen=True):
    """`dprk` tells that the report itself is written in the DPRK (or by its friends abroad); `starts` and `ends`
    bound the quotations in text order, and `theirs` tells for each whether it is DPRK wording."""

    dprk: bool = False
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    theirs: tuple[bool, ...] = ()

    def is_dprk(self, offset: int) -> bool:
        """Whether the word at the offset is DPRK wording."""
        i = bisect_right(self.starts, offset) - 1
        return self.dprk or (i >= 0 and offset < self.ends[i] and self.theirs[i])


@lru_cache(maxsize=4)  # two stages ask for the same text
def register_of(text: str) -> Register:
    """Read the register off the closed list of marks in `data/names.toml`."""
    rules = load_name_rules()
    marks = list(rules.marks.finditer(text))
    if all(m.group() in rules.shared_marks for m in marks) and (not marks or rules.southern_words.search(text)):
        return Register()
    found = [m.start() for m in marks]
    spans = [m.span() for m in _QUOTED.finditer(text)]
    inside = [[s <= at < e for at in found] for s, e in spans]
    outside = len(found) - sum(any(column) for column in zip(*inside, strict=True))
    return Register(
        outside >= rules.few, tuple(s for s, _ in spans), tuple(e for _, e in spans), tuple(any(row) for row in inside)
    )
