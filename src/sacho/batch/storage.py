"""Files at any fsspec address. A file appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import BinaryIO, cast

import fsspec
from fsspec.core import url_to_fs

from sacho.records import Record


class StorageError(ValueError):
    """An address that cannot be used; the message names it and the remedy."""


class Entry(Record):
    """A file: its address and its size in bytes."""

    address: str
    size: int


def listed(address: str, suffixes: tuple[str, ...]) -> list[Entry]:
    """The file at an address, or the files below it that end in one of the suffixes, in order of their names; names
    that begin with a dot or an underscore are left aside. Raises `StorageError` if there is none."""
    system, path = _opened(address)
    try:
        if system.isfile(path):
            return [Entry(address=address, size=int(system.size(path) or 0))]
        found = system.glob(path, detail=True) if "*" in path else system.find(path, detail=True)
    except OSError as error:
        raise StorageError(f"{address} cannot be listed ({error}); check the address and its permissions.") from None
    inside = len(path.rstrip("/")) if "*" not in path else 0
    out = [
        Entry(address=_address(system, name), size=int(info.get("size") or 0))
        for name, info in sorted(found.items())
        if info.get("type") == "file" and name.endswith(suffixes) and not _hidden(name[inside:])
    ]
    if not out:
        raise StorageError(f"{address} holds no reports; give a file or folder with {' '.join(suffixes)}.")
    return out


def names(address: str) -> list[str]:
    """The names of the files right below a folder, sorted; none if it is not there."""
    system, path = _opened(address)
    system.invalidate_cache()
    try:
        return sorted(str(name).rsplit("/", 1)[-1] for name in system.ls(path, detail=False))
    except FileNotFoundError:
        return []


def opened(address: str) -> BinaryIO:
    """A file to read, at its start; one that ends in .gz is unpacked."""
    return cast(BinaryIO, fsspec.open(address, "rb", compression="infer").open())


def read(address: str) -> bytes:
    """The whole of a file."""
    system, path = _opened(address)
    return cast(bytes, system.cat_file(path))


def write(address: str, data: bytes) -> None:
    """Write a whole file: here under a temporary name that is renamed once it is on the disk, on an object store in one
    request, which is atomic there. Folders are made as needed."""
    system, path = _opened(address)
    if not _local(system):
        system.pipe_file(path, data)
        return
    folder, name = os.path.split(path)
    os.makedirs(folder, exist_ok=True)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}")
    with open(temporary, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)


def remove(address: str) -> None:
    """Delete a file; nothing happens if it is not there."""
    system, path = _opened(address)
    if system.exists(path):
        system.rm_file(path)


def joined(address: str, *parts: str) -> str:
    """An address below another one."""
    return "/".join((address.rstrip("/"), *parts))


def _opened(address: str) -> tuple[fsspec.AbstractFileSystem, str]:
    try:
        return cast(tuple[fsspec.AbstractFileSystem, str], url_to_fs(address))
    except ImportError:
        raise StorageError(f"{address} needs its driver; for s3:// install sacho[s3].") from None
    except ValueError as error:
        raise StorageError(f"{address} is no address that can be opened ({error}); write a path or s3://bucket/folder.") from None


def _local(system: fsspec.AbstractFileSystem) -> bool:
    return "file" in (system.protocol if isinstance(system.protocol, tuple) else (system.protocol,))


def _address(system: fsspec.AbstractFileSystem, name: str) -> str:
    return name if _local(system) else str(system.unstrip_protocol(name))


def _hidden(path: str) -> bool:
    return any(part.startswith((".", "_")) for part in path.split("/"))


def stale(address: str) -> Iterator[str]:
    """Temporary files that a killed worker left below an address on this machine."""
    system, path = _opened(address)
    if not _local(system):
        return
    for folder, _, found in os.walk(path):
        for name in found:
            writer = name.rsplit(".", 1)[-1]
            if name.startswith(".") and writer.isdigit() and not _alive(int(writer)):
                yield os.path.join(folder, name)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True
