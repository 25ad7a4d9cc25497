"""What `load` is given: files of lines, standard input, and what `sacho batch` wrote."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import msgspec
import pyarrow as pa

from sacho.batch import storage
from sacho.batch.results import Result
from sacho.batch.shard_job import DONE
from sacho.batch.stored import dead_letters, part_results, read_results
from sacho.exchange.gather import Lines


class LoadError(ValueError):
    """A source that cannot be read at all: one sentence with the remedy."""


def sorted_out(sources: Sequence[str]) -> tuple[list[str], list[str]]:
    """The sources that hold results of `sacho batch` (folders, Parquet files), and the files of lines (`-` is standard input). Raises
    `LoadError` for one that is not there or holds neither."""
    results: list[str] = []
    files: list[str] = []
    for source in sources:
        if source == "-":
            files.append(source)
        elif source.endswith(".parquet") or _is_batch(source):
            results.append(source)
        elif Path(source).is_dir():
            found = sorted(str(p) for p in Path(source).iterdir() if p.name.endswith((".jsonl", ".jsonl.gz")))
            if not found:
                raise LoadError(f"{source} holds no .jsonl file and no results of `sacho batch`; name a folder or file that does.")
            files += found
        else:
            files.append(source)
    return results, files


def gathered(files: Sequence[str], stdin: BinaryIO | None) -> Lines:
    """The lines of all files. Raises `LoadError` for a file that cannot be read."""
    lines = Lines()
    for name in files:
        lines.add("stdin" if name == "-" else name, _opened(name, stdin))
    return lines


def results_of(source: str) -> Iterator[Result]:
    """What a batch run wrote, reports that failed last. Raises `LoadError`."""
    try:
        if source.endswith(".parquet"):
            yield from part_results(source)
        else:
            yield from read_results(source)
            yield from dead_letters(source)
    except storage.StorageError as error:
        raise LoadError(str(error)) from None
    except OSError as error:
        raise LoadError(f"{source} cannot be read ({error.strerror or error}); check the path.") from None
    except (pa.ArrowException, msgspec.MsgspecError) as error:
        raise LoadError(f"{source} holds no results of `sacho batch` ({str(error).splitlines()[0]}); name what it wrote.") from None


def _is_batch(source: str) -> bool:
    try:
        return bool(storage.names(storage.joined(source, DONE)))
    except (storage.StorageError, OSError):
        return False


def _opened(name: str, stdin: BinaryIO | None) -> BinaryIO:
    """A stream that can be read twice: what cannot be wound back is copied to a temporary file, which goes when it is closed."""
    if name != "-" and not name.endswith(".gz") and "://" not in name:
        try:
            return Path(name).open("rb")
        except OSError as error:
            raise LoadError(f"{name} cannot be read ({error.strerror}); check the path.") from None
    copy = cast(BinaryIO, TemporaryFile())  # noqa: SIM115 - closed with the lines that read it
    try:
        if name == "-":
            if stdin is not None:
                shutil.copyfileobj(stdin, copy)
        else:
            with storage.opened(name) as source:
                shutil.copyfileobj(source, copy)
    except (OSError, EOFError, ImportError, ValueError) as error:
        raise LoadError(f"{name} cannot be read ({error}); check the address and that the file is whole.") from None
    copy.seek(0)
    return copy
