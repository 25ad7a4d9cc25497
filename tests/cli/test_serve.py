"""`sacho serve` and `sacho users` refuse what they must before anything is served."""

from __future__ import annotations

from click.testing import CliRunner

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
