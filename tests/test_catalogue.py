"""The message catalogues: compiled from what is written, and complete where the page needs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from tools.catalogue import LOCALE, compiled

from sacho.language import LANGUAGES, speak
from sacho.records import Status
from tests.conftest import ROOT

_PO = LOCALE / "ko" / "LC_MESSAGES" / "sacho.po"
_TEMPLATE = ROOT / "src" / "sacho" / "export" / "templates" / "page.html.j2"


def test_the_compiled_catalogue_is_what_was_written() -> None:
    assert _PO.with_suffix(".mo").read_bytes() == compiled(_PO)


def test_every_message_is_translated() -> None:
    with _PO.open("rb") as stream:
        assert [m.id for m in read_po(stream) if m.id and not m.string] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_of_the_page_is_known(lang: str) -> None:
    messages = re.findall(r'say\("([^"]+)"\)', Path(_TEMPLATE).read_text(encoding="utf-8")) + [s.value for s in Status]
    same = [m for m in messages if speak(lang)(m) == m]
    assert same == ([] if lang == "ko" else messages)
