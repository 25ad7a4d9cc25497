"""Files of lines, gone through once for what stands where, so that a report's lines are found together in whatever order they came."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from sacho.batch.results import Result
from sacho.exchange.lines import HEAD, RECORDS, Found, Sort
from sacho.export.jsonl import DocumentLine
from sacho.records import DeadLetter, Record
from sacho.store.coders import CoderReport
from sacho.store.verdicts import Verdict


class Lines:
    """Where the lines of each report stand. `letters` are the lines that are of no use, a sentence each; it grows while they are read."""

    def __init__(self) -> None:
        self.letters: list[DeadLetter] = []
        self._streams: list[tuple[str, BinaryIO]] = []
        self._files, self._offsets, self._numbers, self._sorts = array("H"), array("q"), array("l"), array("b")
        self._reports: dict[str, array[int]] = {}
        self._apart: dict[Sort, array[int]] = {Sort.judgement: array("l"), Sort.coder: array("l")}

    def __len__(self) -> int:
        """How many reports."""
        return len(self._reports)

    def add(self, name: str, stream: BinaryIO) -> None:
        """Go through a file, which must be one that can be read again from the start."""
        self._streams.append((name, stream))
        at = 0
        for number, line in enumerate(stream, start=1):
            if line.strip():
                self._note(name, number, line, at)
            at += len(line)

    def reports(self) -> Iterator[tuple[Found, str, bool]]:
        """The reports in the order of their first lines; where that was; and whether all of its lines could be read."""
        for identity, lines in self._reports.items():
            before = len(self.letters)
            records = [record for at in lines if (record := self._read(at)) is not None]
            result = next((r for r in records if isinstance(r, Result)), None)
            document = next((r for r in records if isinstance(r, DocumentLine)), None)
            found = Found(id=identity, document=document, records=tuple(records), result=result)
            yield found, self.place(lines[0]), before == len(self.letters)

    def judgements(self) -> Iterator[tuple[Verdict, str]]:
        """Judgements in their order, each with its place."""
        for at in self._apart[Sort.judgement]:
            record = self._read(at)
            if isinstance(record, Verdict):
                yield record, self.place(at)

    def coder_reports(self) -> Iterator[tuple[CoderReport, str]]:
        """What other coders read, each with its place."""
        for at in self._apart[Sort.coder]:
            record = self._read(at)
            if isinstance(record, CoderReport):
                yield record, self.place(at)

    def place(self, at: int) -> str:
        """`FILE:LINE`."""
        return f"{self._streams[self._files[at]][0]}:{self._numbers[at]}"

    def _note(self, name: str, number: int, line: bytes, at: int) -> None:
        place = f"{name}:{number}"
        try:
            head = HEAD.decode(line)
        except msgspec.DecodeError as error:
            return self._refuse(place, f"is no record ({error}); mend the line or write the file anew with `sacho export jsonl --all`")
        sort, home = head.sort, head.home
        if sort is None:
            return self._refuse(place, "is no record that is known here; the sorts of lines are in docs/store.md")
        if sort is Sort.result and not home:
            return self._refuse(place, self._failure(line))
        if sort is not Sort.judgement and not home:
            return self._refuse(place, "names no report (an event does so in its evidence); add it, or leave the line out")
        self._files.append(len(self._streams) - 1)
        self._offsets.append(at)
        self._numbers.append(number)
        self._sorts.append(sort)
        lines = self._apart[sort] if sort in self._apart else self._reports.setdefault(home, array("l"))
        lines.append(len(self._offsets) - 1)

    def _failure(self, line: bytes) -> str:
        try:
            error = msgspec.json.decode(line, type=Result).error
        except msgspec.DecodeError as fault:
            return f"is no result of `sacho batch` ({fault}); run the batch again"
        reason = error.reason.rstrip(".") if error is not None else "no reason given"
        return f"is a report that could not be read: {reason}"

    def _read(self, at: int) -> Record | None:
        stream = self._streams[self._files[at]][1]
        stream.seek(self._offsets[at])
        try:
            return RECORDS[Sort(self._sorts[at])].decode(stream.readline())
        except msgspec.DecodeError as error:
            self._refuse(self.place(at), f"is a broken {Sort(self._sorts[at]).name} record ({error}); mend the line")
            return None

    def _refuse(self, place: str, words: str) -> None:
        self.letters.append(DeadLetter(origin=place, reason=f"{place} {words}."))
