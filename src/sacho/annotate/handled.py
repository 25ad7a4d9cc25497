"""What an act handles."""

from __future__ import annotations

from sacho.annotate.layers import Analysis, Layers
from sacho.annotate.triggers import Trigger

__all__ = ["handled"]


def handled(trigger: Trigger, analysis: Analysis, layers: Layers) -> str:
    """The object that the act handles, as written: the document signed, the missile launched, the wreath laid."""
    if trigger.cue.kind not in ("sign", "launch", "ceremony", "message", "sanction", "deploy"):
        return ""
    if trigger.cue.kind == "message":
        return trigger.form
    if trigger.clause < 0:
        return ""
    for k in analysis.clauses[trigger.clause].arguments:
        unit = analysis.units[k]
        named = unit.case in ("obj", "subj") or (unit.case == "loc" and trigger.cue.kind == "sign")  # `조약에 서명했다`
        if named and not unit.mentions and k != trigger.unit and unit.end <= trigger.start:
            last = layers.tokens[unit.body - 1].end
            return layers.text[unit.start : last].strip("'‘’\"“”《》[]")
    return ""
