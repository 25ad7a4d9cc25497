"""What the stages read besides the document: loaded once a process, then shared."""

from __future__ import annotations

from functools import cache

import msgspec

from sacho.annotate.morphology import Analyser, load_analyser
from sacho.annotate.relevance import CueForms, load_cue_forms
from sacho.annotate.spelling import SpellingTable, load_spellings
from sacho.annotate.timex_rules import TimexRules, load_timex_rules
from sacho.lexicon import Lexicon
from sacho.lexicon import load as load_lexicon
from sacho.lexicon.predicates import Predicates, load_predicates


class Resources(msgspec.Struct, frozen=True, kw_only=True):
    """Analyser, lexicon and rules."""

    analyser: Analyser
    lexicon: Lexicon
    predicates: Predicates
    spellings: SpellingTable
    timex_rules: TimexRules
    cue_forms: CueForms


@cache
def load_resources() -> Resources:
    """Load everything: about five seconds, nearly all of it the morphological analyser."""
    lexicon, predicates = load_lexicon(), load_predicates()
    return Resources(
        analyser=load_analyser(lexicon.words()), lexicon=lexicon, predicates=predicates, cue_forms=load_cue_forms(predicates),
        spellings=load_spellings(), timex_rules=load_timex_rules(),
    )  # fmt: skip
