"""Which program made a result: a hash of its code and its data."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable

_READING = ("records", "coding.py", "lexicon", "ingest", "annotate", "resolve", "batch")
_PACKAGES = ("kiwipiepy", "kiwipiepy_model", "python-crfsuite")


def program_key(options: Iterable[str] = ()) -> str:
    """A hash of everything that a result depends on besides the report: the stages, the lexicon, the analyser's version,
    and `options`. Results of another key are made anew."""
    return blake2b("\x1f".join((_content(), *options)).encode(), digest_size=6).hexdigest()


@cache
def _content() -> str:
    made = blake2b(digest_size=16)
    for name in _READING:
        for path, data in _walk(files("sacho") / name, name):
            made.update(path.encode() + b"\0" + len(data).to_bytes(8, "big") + data)
    for package in _PACKAGES:
        made.update(f"{package} {_version(package)}".encode())
    return made.hexdigest()


def _walk(item: Traversable, path: str) -> Iterable[tuple[str, bytes]]:
    if item.is_file():
        yield path, item.read_bytes()
        return
    for child in sorted(item.iterdir(), key=lambda entry: entry.name):
        if child.name != "__pycache__":
            yield from _walk(child, f"{path}/{child.name}")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "absent"
