"""Why an input could not be read."""

from __future__ import annotations


class Unreadable(ValueError):
    """An input that is no report. `place` is the line or entry within it, empty for the whole."""

    def __init__(self, fault: str, remedy: str, *, place: str = "") -> None:
        super().__init__(f"{fault}; {remedy}")
        self.fault = fault
        self.remedy = remedy
        self.place = place

    def reason(self, origin: str) -> str:
        """One sentence: what, where, and what to do."""
        where = f"{origin}:{self.place}" if self.place else origin
        return f"{where} {self.fault}; {self.remedy}."
