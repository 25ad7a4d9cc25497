"""The messages that people may see: help texts of the commands, and the sentences that errors are made of, as they stand in the code.

A sentence with values (`f"{path} cannot be read ({error.strerror}); check the path."`) is a template whose values are numbered: `{0}
cannot be read ({1}); check the path.` The catalogue holds the template, and `sacho.cli.speech` finds it again by its words.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
_SOURCES = ("cli", "store", "exchange", "review", "ingest", "batch", "web/accounts.py", "api.py")  # the page has labels of its own
_RAISED = frozenset(
    {"UsageError", "ClickException", "StoreError", "LoadError", "SelectionError", "StorageError", "Unreadable", "AccountError"}
)
_PARTS = ("remedy", "words", "wrong")  # names of variables that hold a part of a sentence
_TELLING = ("sound.py",)  # files whose functions give parts of sentences
_SAID = frozenset({"say", "refuse", "_refuse", "_letter", "_failed"})


def sentences() -> dict[str, str]:
    """Templates of every sentence that an error or a line on standard error is made of, with the place where it stands."""
    out: dict[str, str] = {}
    for name in _SOURCES:
        path = ROOT / "src" / "sacho" / name
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            tree = ast.parse(file.read_text(encoding="utf-8"))
            for line, template in _templates(tree, tells=file.name in _TELLING, raises=file.parts[-2] in ("exchange", "review")):
                if any(c.isalpha() for c in template.replace("{", "")):
                    out.setdefault(template, f"{file.relative_to(ROOT)}:{line}")
    return out


def helps() -> dict[str, str]:
    """Every text that `--help` shows, with the command that shows it."""
    from sacho.cli import _COMMANDS as ABOUT
    from sacho.cli import main
    from sacho.cli.speech import texts_of

    out: dict[str, str] = {words: "sacho" for words in (*texts_of(main), *ABOUT.values())}
    context = click.Context(main)
    for name in main.list_commands(context):
        found = main.get_command(context, name)
        assert found is not None
        for words in texts_of(found):
            out.setdefault(words, f"sacho {name}")
    return out


def _templates(tree: ast.AST, *, tells: bool, raises: bool) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "count":
            one, *many = [a.value for a in node.args[1:] if isinstance(a, ast.Constant)]
            yield node.lineno, f"{{0}} {one}"
            yield node.lineno, f"{{0}} {many[0] if many else f'{one}s'}"
        elif isinstance(node, ast.Call) and _is_told(node, _RAISED | _SAID | ({"ValueError"} if raises else frozenset())):
            for given in (*node.args, *(k.value for k in node.keywords if k.arg in ("reason", "place", None))):
                yield from _strings(given)
        elif isinstance(node, ast.Assign) and "_REMEDIES" in _names(node):
            for pair in node.value.elts if isinstance(node.value, ast.Tuple) else ():
                yield from _strings(pair.elts[1]) if isinstance(pair, ast.Tuple) else ()
        elif _holds_a_part(node, tells=tells):
            yield from _strings(node.value)  # type: ignore[attr-defined]  # an assignment, a yield or a return


def _holds_a_part(node: ast.AST, *, tells: bool) -> bool:
    if isinstance(node, ast.Assign):
        return bool(_names(node) & set(_PARTS))
    return tells and isinstance(node, ast.Yield | ast.Return) and node.value is not None


def _is_told(call: ast.Call, names: frozenset[str]) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id if isinstance(call.func, ast.Name) else ""
    return name in names or name == "DeadLetter"


def _names(node: ast.Assign) -> set[str]:
    return {t.id for t in node.targets if isinstance(t, ast.Name)}


def _strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield node.lineno, _numbered(node)
        for part in node.values:
            if isinstance(part, ast.FormattedValue) and isinstance(part.value, (ast.IfExp, ast.JoinedStr)):
                yield from _strings(part.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.lineno, node.value.replace("{", "{{").replace("}", "}}")


def _numbered(node: ast.JoinedStr) -> str:
    out, number = "", 0
    for part in node.values:
        if isinstance(part, ast.Constant):
            out += str(part.value).replace("{", "{{").replace("}", "}}")
        else:
            out += f"{{{number}}}"
            number += 1
    return out


if __name__ == "__main__":
    for template, place in sentences().items():
        sys.stdout.write(f"{place}\t{template}\n")
