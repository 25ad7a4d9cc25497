"""Where an export is written: inside its folder, under a temporary name until it is whole."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_UNSAFE = re.compile(r"[^0-9A-Za-z가-힣._-]+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_LONGEST = 70  # code points; a Korean syllable has three bytes and file systems take 255


def inside(folder: Path, name: str, suffix: str) -> Path:
    """The path of an export in a folder. `name` may be anything (a title, an id of another program): what could lead elsewhere or is
    no file name somewhere becomes `-`.

    >>> inside(Path("out"), "../../etc/passwd", ".csv").as_posix()
    'out/etc-passwd.csv'
    """
    stem = _UNSAFE.sub("-", name).strip(".-_")[:_LONGEST].rstrip(".-_") or "export"
    if _RESERVED.fullmatch(stem):
        stem = f"export-{stem}"
    path = folder / f"{stem}{suffix}"
    if path.is_symlink() or path.resolve().parent != folder.resolve():
        raise ValueError(f"{path} is not inside {folder}; remove what stands there.")
    return path


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A stream to a temporary file beside `path` that takes its name when everything is written. If anything fails, what stood
    under the name stays as it was. Raises `OSError` if it cannot be written."""
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _mode(path: Path) -> int:
    """The rights of the file that is replaced, or those a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
