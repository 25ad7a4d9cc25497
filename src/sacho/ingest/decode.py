"""Bytes to the canonical text that every offset refers to."""

from __future__ import annotations

import codecs
import re
import unicodedata

from sacho.ingest.errors import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the UTF-16 one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# Korean pages that declare EUC-KR carry the CP949 syllables (똠 펲 샾 쐈) that EUC-KR lacks.
_WIDENED = {"euc_kr": "cp949", "iso2022_kr": "iso2022_kr", "cp949": "cp949"}
_CONTROL_SHARE = 0.02
_HANGUL = re.compile("[가-힣]")
_SPACES = dict.fromkeys(
    [
        *range(0x01, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA1),
        0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000,
    ],
    " ",
)
_BREAKS = dict.fromkeys([0x0D, 0x85, 0x2028, 0x2029], "\n")
_NOTHING = dict.fromkeys([0x200B, 0x2060, 0xFEFF, 0x00AD])
_UNPAIRED = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_CANONICAL: dict[int, str | None] = {**_SPACES, **_BREAKS, **_NOTHING, **_UNPAIRED}


def decode(data: bytes) -> str:
    """Bytes to text: byte order mark, else strict UTF-8, else the declared set (EUC-KR and KS C 5601 widened to
    CP949), else CP949. Raises `Unreadable` for binary data and for text in no such encoding.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        failed = error
    if len(_HANGUL.findall(data[: failed.start].decode("utf-8"))) >= 3:
        # CP949 never happens to spell Hangul in UTF-8: this is UTF-8 with a broken place.
        raise Unreadable(f"is UTF-8 but damaged at byte {failed.start}", "repair that place or save the file again as UTF-8")
    declared = _declared(data)
    for encoding in (declared, "cp949") if declared else ("cp949",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            failed = error
    raise Unreadable(
        f"is neither UTF-8 nor CP949 (byte {failed.start} fits neither)", "save it as UTF-8 and read it again"
    )


def canonical(text: str) -> str:
    """The form that offsets count in: NFC; CR, CRLF, NEL, LS, PS are `\\n`; other control characters and exotic
    blanks are one space each; zero-width space, soft hyphen and stray marks are dropped; an unpaired surrogate is
    U+FFFD. Raises `Unreadable` on U+0000.
    """
    at = text.find("\0")
    if at >= 0:
        raise Unreadable(f"holds U+0000 at character {at}", "remove it: it is not text")
    if text.isascii() and "\r" not in text and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(_CANONICAL))
    return composed


def _refuse_binary(data: bytes) -> None:
    at = data.find(b"\0")
    if at >= 0:
        raise Unreadable(f"is not text (a NUL byte at {at})", "give a text, Markdown, JSONL or HTML file")
    head = data[:65536]
    controls = sum(head.count(bytes([c])) for c in range(1, 32) if c not in (9, 10, 12, 13, 27))
    if head and controls / len(head) > _CONTROL_SHARE:
        raise Unreadable("is not text (too many control characters)", "give a text, Markdown, JSONL or HTML file")


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"says by its first bytes that it is {encoding.upper()}, but byte {error.start} is not",
            "save it as UTF-8 and read it again",
        ) from None


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    if found is None:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii").replace("ks_c_5601-1987", "euc-kr")).name
    except LookupError:
        return None
    name = name.replace("-", "_").lower()
    return None if name == "utf_8" else _WIDENED.get(name, name)
