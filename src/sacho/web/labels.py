"""The words of the page in Korean and English, from labels.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from sacho.language import speak
from sacho.records import Status

_FIELDS = (
    "kind", "actor", "recipient", "participants", "date", "time", "place", "status", "sources", "topic", "instrument", "number", "speaker",
    "confidence",
)  # fmt: skip


class _Number(int):
    """A number in a label: with separators, and with the noun that its format names for one and for many."""

    def __format__(self, nouns: str) -> str:
        one, _, many = nouns.partition("|")
        return f"{int(self):,}" + (f" {one if self == 1 else many}" if many else "")


class Labels(msgspec.Struct, frozen=True):
    """`words` maps `section.key` to (Korean, English)."""

    words: dict[str, tuple[str, str]]

    def say(self, lang: str, key: str, **values: object) -> str:
        """The words for a key, with `{name}` filled in. A whole number is filled in with its noun in the right number where the words
        give both: `{events:event|events}` is `1 event`, `1,200 events`. Raises `KeyError` if the key has no words."""
        text = self.words[key][0 if lang == "ko" else 1]
        return text.format(**{k: _Number(v) if isinstance(v, int) else v for k, v in values.items()}) if values else text

    def has(self, key: str) -> bool:
        return key in self.words


@cache
def load_labels() -> Labels:
    """Read labels.toml once. Statuses and the fields of a record are called what the commands call them."""
    tables = tomllib.loads((files("sacho.web") / "labels.toml").read_text(encoding="utf-8"))
    pairs = {
        f"{section}.{key}": msgspec.convert(value, tuple[str, str]) for section, table in tables.items() for key, value in table.items()
    }
    korean = speak("ko")
    named = {f"status.{s.value}": (korean(s.value), s.value) for s in Status} | {f"field.{f}": (korean(f), f) for f in _FIELDS}
    return Labels(pairs | named)
