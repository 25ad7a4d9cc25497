"""What the commands share: reports coded one by one, whatever one of them does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click
import msgspec

from sacho.cli.speech import say
from sacho.coding import Coding, code_document
from sacho.records import DeadLetter, Document


def code_each(inputs: Iterable[Document | DeadLetter], letters: list[DeadLetter]) -> Iterator[Coding]:
    """Code what can be read; what cannot, or fails while it is coded, is added to `letters`."""
    for item in inputs:
        if isinstance(item, DeadLetter):
            letters.append(item)
            continue
        try:
            coding = code_document(item)
        except RecursionError:
            letters.append(_letter(item, "holds a sentence too long to take apart; end its sentences with full stops or new lines"))
            continue
        except Exception as error:  # a fault of ours in one report must not stop the run
            fault = f"{type(error).__name__}: {error}".splitlines()[0]
            letters.append(_letter(item, f"could not be coded ({fault}); leave it out, and please report this with its text"))
            continue
        yield coding


def tell(letters: Iterable[DeadLetter]) -> None:
    """Each dead letter on standard error, a line each."""
    for letter in letters:
        say(f"sacho: {letter.reason}")


def write_letters(letters: Iterable[DeadLetter], path: Path | None) -> None:
    """The dead letters as JSON lines in a file, if one is named; an empty file if there are none."""
    if path is None:
        return
    try:
        path.write_bytes(b"".join(msgspec.json.encode(letter) + b"\n" for letter in letters))
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written ({error.strerror}); choose another file.") from None


def _letter(document: Document, words: str) -> DeadLetter:
    return DeadLetter(origin=document.origin, reason=f"{document.origin} {words}.")
