"""What many reports show together: timelines, disputes, wording, attendance, gaps, edits. Pure functions over reports and
what was resolved from them; every record has the words it rests on."""

from sacho.analysis.attendance import Appearance, Attendance, Companion, absent, appearances, attendance
from sacho.analysis.difference import Difference, Row, difference, text_difference
from sacho.analysis.edits import Edit, FieldChange, Vanished, edit, edits
from sacho.analysis.gaps import Coverage, Gap, GapDay, Silence, by_day, gaps, sides, silences
from sacho.analysis.people import Missing, Seen, missing, missing_among
from sacho.analysis.timeline import Dispute, Shown, Telling, TimelineRow, conflicts, sentences_of, show, timeline
from sacho.analysis.wording import Formula, Share, Use, Wording, formula_of, load_formulas, uses, wording

__all__ = [
    "Appearance", "Attendance", "Companion", "Coverage", "Difference", "Dispute", "Edit", "FieldChange", "Formula", "Gap", "GapDay",
    "Missing", "Row", "Seen", "Share", "Shown", "Silence", "Telling", "TimelineRow", "Use", "Vanished", "Wording", "absent",
    "appearances", "attendance", "by_day", "conflicts", "difference", "edit", "edits", "formula_of", "gaps", "load_formulas",
    "missing", "missing_among", "sentences_of", "show", "sides", "silences", "text_difference", "timeline", "uses", "wording",
]  # fmt: skip
