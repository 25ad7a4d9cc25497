"""The Python interface: what a notebook's user does with it, and its examples."""

from __future__ import annotations

import doctest
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from lxml import html
from nbclient import NotebookClient

import sacho
from sacho.export import read_csv
from tests.conftest import ROOT
from tests.export.samples import ALL, DOCUMENTS, HOSTILES, MEETING

_EVENTS = sacho.Events(ALL, documents=DOCUMENTS)


@pytest.mark.parametrize("name", ["sacho.api", "sacho.language", "sacho.export.flat", "sacho.export.highlight", "sacho.export.target"])
def test_the_examples_in_the_docstrings_hold(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0 and result.failed == 0


def test_the_notebook_runs_from_top_to_bottom() -> None:
    notebook = nbformat.read(ROOT / "examples" / "quick-start.ipynb", as_version=4)
    assert [c for c in notebook.cells if c.cell_type == "code" and c.outputs] == []
    NotebookClient(notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    shown = str([o for c in notebook.cells if c.cell_type == "code" for o in c.outputs])
    assert "<mark title=" in shown and "@misc{sacho-" in shown


def test_every_public_name_is_there() -> None:
    assert [name for name in sacho.__all__ if getattr(sacho, name, None) is None] == []


def test_importing_sacho_loads_neither_analyser_nor_data_frames() -> None:
    probe = "import sacho, sys; print([m for m in ('kiwipiepy', 'pyarrow', 'pandas', 'polars', 'click') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_slices_and_selections_are_events_again() -> None:
    assert list(_EVENTS[1:3]) == list(ALL[1:3]) and _EVENTS[0] is MEETING
    assert [e.id for e in _EVENTS.of_kind("visit", "launch")] == ["e-visit", "e-plan", "e-launch"]
    assert [e.id for e in _EVENTS.with_party("PRK", "USA")] == ["e-agree"]
    assert _EVENTS.with_party("PRK", "USA").documents == DOCUMENTS


def test_data_frames_have_a_row_an_event() -> None:
    assert _EVENTS.to_polars()["id"].to_list() == list(_EVENTS.to_pandas()["id"]) == [e.id for e in ALL]
    assert isinstance(_EVENTS.to_pandas(), pd.DataFrame)


@pytest.mark.parametrize("extra", ["polars", "pandas"])
def test_a_missing_extra_is_named(extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, extra, None)
    with pytest.raises(ImportError, match=r"sacho\[frames\]"):
        getattr(_EVENTS, f"to_{extra}")()


def test_the_notebook_view_marks_the_words_and_escapes_the_rest() -> None:
    shown = html.fromstring(sacho.Events((MEETING, *HOSTILES), documents=DOCUMENTS)._repr_html_())
    assert shown.xpath("//script") == [] and {m.text_content() for m in shown.xpath("//mark")} == {"접견했다고"}
    assert "<b>" not in sacho.Events(ALL, documents=DOCUMENTS)._repr_html_().split("<tbody>")[1].replace("&lt;b&gt;", "")


def test_saving_writes_the_export(tmp_path: Path) -> None:
    done = _EVENTS.save(tmp_path / "x.csv", "csv")
    with (tmp_path / "x.csv").open("rb") as stream:
        assert [r["id"] for r in read_csv(stream)] == [e.id for e in ALL] and done.rows == len(ALL)
    with pytest.raises(ValueError, match="there is no format 'docx'"):
        _EVENTS.save(tmp_path / "x.docx", "docx")
    assert [p.name for p in tmp_path.iterdir()] == ["x.csv"]
