"""Korean and English words of the interface, from the message catalogues in `locale/`."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from functools import cache
from importlib.resources import files

LANGUAGES = ("ko", "en")


@cache
def messages(lang: str) -> dict[str, str]:
    """Every message of a language's catalogue: English words, and those of the language."""
    with (files("sacho") / "locale" / lang / "LC_MESSAGES" / "sacho.mo").open("rb") as stream:
        held: dict[object, object] = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # there is no other way to list them
    return {key: str(words) for key, words in held.items() if isinstance(key, str) and key}


@cache
def speak(lang: str) -> Callable[[str], str]:
    """What turns an English message into `lang`; a message without a translation stays as it is.

    >>> speak("ko")("planned"), speak("en")("planned")
    ('예정', 'planned')
    """
    if lang == "en":
        return str
    with (files("sacho") / "locale" / lang / "LC_MESSAGES" / "sacho.mo").open("rb") as stream:
        return gettext.GNUTranslations(stream).gettext
