"""The tables of what tells of an event: each cue points to a kind and to a frame that are there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from typing import Any


def proof_cues(folder: Traversable) -> Iterator[str]:
    """Problems of the TOML files that hold `[[cue]]` tables, one sentence each; none if the folder has no such file."""
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    read = {f.name: tomllib.loads(f.read_text(encoding="utf-8")) for f in files}
    kinds = {kind["id"] for kind in read.get("kinds.toml", {}).get("kind", ())}
    frames = set(read.get("frames.toml", {}).get("frame", {}))
    seen: dict[str, str] = {}
    for name, content in read.items():
        for cue in content.get("cue", ()):
            yield from _cue(name, cue, kinds, frames)
            if cue["id"] in seen:
                yield f"{name} ({cue['id']}): {seen[cue['id']]} has a cue of this id too; give each its own."
            seen.setdefault(cue["id"], name)


def _cue(name: str, cue: dict[str, Any], kinds: set[str], frames: set[str]) -> Iterator[str]:
    where = f"{name} ({cue['id']})"
    if cue["kind"] not in kinds:
        yield f"{where}: kind {cue['kind']} is no kind of kinds.toml; correct it or add the kind."
    if cue["frame"] not in frames:
        yield f"{where}: frame {cue['frame']} is no frame of frames.toml; correct it or add the frame."
    if not any(cue.get(field) for field in ("nouns", "verbs", "phrases")):
        yield f"{where}: no nouns, verbs or phrases; give the words that tell of the event."
    for verb in cue.get("verbs", ()):
        if " " in verb:
            yield f"{where}: the verb {verb} has a blank and is never found; write it together or put it among the phrases."
