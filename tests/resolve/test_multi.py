"""The multi-report set holds together, and resolution on it does not fall below its floor."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_keys_hold_together() -> None:
    result = _run("bench/across/key.py", "tests/corpus/multi/dev", "tests/corpus/multi/blind", "tests/corpus/multi/fresh")
    assert result.returncode == 0, result.stderr


def test_a_broken_key_is_named(tmp_path: Path) -> None:
    story = tmp_path / "story"
    story.mkdir()
    (story / "r1.md").write_text("---\noutlet: 저녁통신(가상)\n---\n만났다.\n", encoding="utf-8")
    (story / "key.json").write_text(
        '{"story": "", "reports": {"r1": "r1.md"}, "happenings": {"H1": {"gloss": "", "reports": 1, "outlets": 1, "independent": 1,'
        ' "stages": ["held"]}}, "events": [{"id": "r1.1", "happening": "H1", "kind": "meet", "words": "회담했다", "actor": ["김정은"]}]}',
        encoding="utf-8",
    )
    result = _run("bench/across/key.py", str(tmp_path))
    assert result.returncode == 1
    assert "'회담했다'" in result.stderr


def test_resolution_does_not_fall_below_its_floor() -> None:
    result = _run("bench/across/measure.py", "--half", "dev", "--given", "--check")
    assert result.returncode == 0, result.stdout + result.stderr
