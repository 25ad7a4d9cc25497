"""`sacho serve` and `sacho users` refuse what they must before anything is served."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from sacho.cli import main


def test_any_address_but_loopback_needs_a_user(tmp_path):
    done = CliRunner().invoke(main, ["serve", "examples", "--host", "0.0.0.0", "--accounts", str(tmp_path / "u.sqlite")])
    assert done.exit_code == 1 and "sacho users add" in done.output


def test_a_trusted_header_needs_the_proxy_it_comes_from(tmp_path):
    done = CliRunner().invoke(main, ["serve", "examples", "--trusted-header", "X-User", "--accounts", str(tmp_path / "u.sqlite")])
    assert done.exit_code == 2 and "together" in done.output


def test_users_are_added_listed_and_removed(tmp_path):
    file = str(tmp_path / "u.sqlite")
    run = CliRunner().invoke
    for name, role in (("a", "admin"), ("b", "reader")):
        assert run(main, ["users", "add", name, "--role", role, "--accounts", file, "--password", "correct horse battery"]).exit_code == 0
    assert run(main, ["users", "list", "--accounts", file]).output == "a\tadmin\nb\treader\n"
    assert run(main, ["users", "remove", "b", "--accounts", file]).exit_code == 0
    refused = run(main, ["users", "remove", "a", "--accounts", file])
    assert refused.exit_code == 1 and "last admin" in refused.output


@pytest.fixture
def served(monkeypatch):
    """What would be served, and at what address; the page counts as built."""
    seen = []

    def run(app, door):
        answer = TestClient(app).get("/events.json", headers={"host": "localhost"})
        seen.append((*door.getsockname(), answer.json()["seen"]))

    monkeypatch.setattr("sacho.cli.serve._run", run)
    monkeypatch.setattr("sacho.web.room.Room.static", Path(__file__).parent)
    monkeypatch.setattr("pathlib.Path.exists", lambda self, real=Path.exists: self.name == "app.js" or real(self))
    return seen


def test_reports_are_read_into_the_store_that_is_named_or_into_one_of_the_moment(tmp_path, served):
    report = tmp_path / "r.txt"
    report.write_text("최선희 외무상이 2024년 1월 16일 모스크바에서 라브로프 외무장관과 회담했다.", encoding="utf-8")
    kept, accounts = tmp_path / "kept.db", str(tmp_path / "u.sqlite")
    for options in (["--store", str(kept)], []):
        done = CliRunner().invoke(main, ["serve", str(report), *options, "--port", "0", "--accounts", accounts])
        assert done.exit_code == 0, done.output
    opened = CliRunner().invoke(main, ["serve", "--store", str(kept), "--port", "0", "--accounts", accounts])
    assert opened.exit_code == 0 and "Reports: 1, events: 1." in opened.output
    assert [(host, seen["events"]) for host, _, seen in served] == [("127.0.0.1", 1)] * 3
    assert f"http://127.0.0.1:{served[-1][1]}/" in opened.output
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".db") == ["kept.db"]


def test_a_store_that_is_not_there_and_nothing_to_show_are_told_in_one_sentence(tmp_path):
    accounts = ["--accounts", str(tmp_path / "u.sqlite")]
    missing = CliRunner().invoke(main, ["serve", "--store", str(tmp_path / "none.db"), *accounts])
    assert missing.exit_code == 1 and "sacho init" in missing.output and "Traceback" not in missing.output
    assert CliRunner().invoke(main, ["serve", *accounts]).exit_code == 2


def test_a_port_that_is_taken_is_told_in_one_sentence(tmp_path, served):
    store = tmp_path / "s.db"
    CliRunner().invoke(main, ["init", str(store)])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = CliRunner().invoke(main, ["serve", "--store", str(store), "--port", port, "--accounts", str(tmp_path / "u.sqlite")])
    assert done.exit_code == 1 and "--port" in done.output and "Traceback" not in done.output and served == []
