"""Values of options from files and the environment, and where each came from. A flag wins over the environment, the environment over
`sacho.toml` in the working folder, that over the user's own file, and all over the default."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import click

FILE = "sacho.toml"
GENERAL = ("lang", "by", "store")  # mean the same in every command that has them
_APART = {"code": ("store",), "serve": ("store",)}  # commands that write into a store: they take only one that is named for them
_NO_SETTINGS = ("help", "version")


@dataclass(frozen=True)
class Value:
    """A value and where it came from: a file, `$VARIABLE`, `default`."""

    value: object
    origin: str


class Settings:
    """What the files and the environment say. Reading them raises `click.UsageError` that names file, key and remedy."""

    def __init__(self, files: Mapping[str, Mapping[str, object]], environment: Mapping[str, str]) -> None:
        self.files = files
        self.environment = environment

    def general(self, key: str) -> Value | None:
        """A general key, None if nobody sets it."""
        variable = f"SACHO_{key.upper()}"
        if self.environment.get(variable):
            return Value(self.environment[variable], f"${variable}")
        return next((Value(table[key], name) for name, table in self.files.items() if key in table), None)

    def of(self, command: click.Command, path: tuple[str, ...]) -> dict[str, object]:
        """The values of a command's options in the form of click's `default_map`, its subcommands' under their names."""
        out: dict[str, object] = {}
        if isinstance(command, click.Group):
            for name, below in command.commands.items():
                out[name] = self.of(below, (*path, name))
            self._check_names(command.commands, path)
            return out
        self._check_names({name: None for name, _ in options(command)}, path)
        for name, option in options(command):
            found = self.value(option, name, path)
            if found.origin != "default":
                out[str(option.name)] = found.value
        return out

    def value(self, option: click.Option, name: str, path: tuple[str, ...]) -> Value:
        """One option's value, converted to its type, and where it came from."""
        variable = variable_of(path, name)
        if self.environment.get(variable):
            words = self.environment[variable]
            return self._typed(option, option.type.split_envvar_value(words) if option.multiple else words, f"${variable}", name)
        for file, table in self.files.items():
            inner = _inside(table, path)
            if name in inner:
                return self._typed(option, inner[name], file, ".".join((*path, name)))
        general = self.general(name) if name in GENERAL and name not in _APART.get(path[0], ()) else None
        return self._typed(option, general.value, general.origin, name) if general is not None else Value(_default(option), "default")

    def check(self, commands: Mapping[str, object]) -> None:
        """Refuse a key at the top of a file that is no command and no general key."""
        self._check_names(commands, ())

    def _check_names(self, known: Mapping[str, object], path: tuple[str, ...]) -> None:
        names = [*known, *(GENERAL if not path else ())]
        for file, table in self.files.items():
            for key in _inside(table, path):
                if key not in names:
                    near = get_close_matches(key, names, 1, 0.6)
                    remedy = f"did you mean {near[0]}?" if near else f"there are {', '.join(sorted(names))}."
                    raise click.UsageError(f"{file}: {'.'.join((*path, key))} is no setting; {remedy}")

    def _typed(self, option: click.Option, value: object, origin: str, name: str) -> Value:
        given = [str(v) for v in value] if isinstance(value, list) else value
        if option.multiple and not isinstance(given, (list, tuple)):
            given = [given]
        try:
            return Value(option.type_cast_value(click.get_current_context(silent=True) or click.Context(click.Command("")), given), origin)
        except click.BadParameter as error:
            raise click.UsageError(f"{origin}: {name} cannot be {value!r} ({error.message.rstrip('.')}).") from None


def options(command: click.Command) -> Iterator[tuple[str, click.Option]]:
    """The options of a command by their long names, without the dashes."""
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            name = next((o[2:] for o in parameter.opts if o.startswith("--")), "")
            if name and name not in _NO_SETTINGS:
                yield name, parameter


def read_settings(folder: Path | None = None, environment: Mapping[str, str] | None = None, *, lang: str | None = None) -> Settings:
    """The settings of a working folder and an environment (default: this one's). `lang` is what `sacho --lang` asks for."""
    here = (folder or Path()) / FILE
    known = dict(os.environ if environment is None else environment)
    own = Path(click.get_app_dir("sacho")) / FILE
    return Settings({str(path): _table(path) for path in (here, own) if path.is_file()}, known | {"SACHO_LANG": lang} if lang else known)


def unknown_variables(environment: Mapping[str, str], known: Mapping[str, object]) -> list[tuple[str, str]]:
    """Variables that begin with SACHO_ and set nothing, each with the nearest that would (or nothing)."""
    odd = sorted(name for name in environment if name.startswith("SACHO_") and name not in known)
    return [(name, next(iter(get_close_matches(name, list(known), 1, 0.6)), "")) for name in odd]


def variable_of(path: tuple[str, ...], name: str) -> str:
    """The variable that sets an option."""
    return "_".join(("SACHO", *path, name)).upper().replace("-", "_")


def _default(option: click.Option) -> object:
    value = option.get_default(click.Context(click.Command("")), call=False)
    return None if callable(value) or repr(value).startswith("Sentinel") else value


def _table(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read ({error.strerror}); check its permissions.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} is no TOML ({error}); mend it there.") from None


def _inside(table: Mapping[str, object], path: tuple[str, ...]) -> Mapping[str, object]:
    for name in path:
        inner = table.get(name)
        if not isinstance(inner, Mapping):
            return {}
        table = inner
    return table
