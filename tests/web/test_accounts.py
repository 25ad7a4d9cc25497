"""Users, sessions, failed logins, and who is left to look after them."""

from __future__ import annotations

import pytest

from sacho.web.accounts import IDLE, LONGEST, TRIES, WINDOW, AccountError, Accounts, Role

_WORD = "correct horse battery"


class Clock:
    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def accounts(tmp_path, clock):
    made = Accounts(tmp_path / "users.sqlite", clock)
    made.add("관리자", _WORD, Role.admin)
    return made


def test_a_file_without_users_asks_nobody(tmp_path):
    fresh = Accounts(tmp_path / "none.sqlite", Clock())
    assert not fresh.any() and fresh.user_of("x") is None and not (tmp_path / "none.sqlite").exists()


def test_passwords_are_kept_as_argon2_and_the_file_is_its_owners_only(accounts, tmp_path):
    held = (tmp_path / "users.sqlite").read_bytes()
    assert b"$argon2id$" in held and _WORD.encode() not in held
    assert (tmp_path / "users.sqlite").stat().st_mode & 0o077 == 0


def test_a_session_ends_when_idle_when_old_and_when_left(accounts, clock):
    token = accounts.enter("관리자", _WORD, "127.0.0.1")
    assert accounts.user_of(token).role is Role.admin
    clock.now += IDLE - 1
    assert accounts.user_of(token)
    clock.now += IDLE + 1
    assert accounts.user_of(token) is None
    old = accounts.enter("관리자", _WORD, "127.0.0.1")
    for _ in range(LONGEST // IDLE + 1):
        clock.now += IDLE - 1
        accounts.user_of(old)
    assert accounts.user_of(old) is None
    third = accounts.enter("관리자", _WORD, "127.0.0.1")
    accounts.leave(third)
    assert accounts.user_of(third) is None


def test_too_many_failures_close_the_door_for_a_while_and_by_address_too(accounts, clock):
    for n in range(TRIES):
        assert accounts.enter(f"name{n}", "wrong wrong wrong", "10.0.0.9") is None
    with pytest.raises(AccountError, match="wait"):
        accounts.enter("관리자", _WORD, "10.0.0.9")
    assert accounts.enter("관리자", _WORD, "10.0.0.8")
    clock.now += WINDOW + 1
    assert accounts.enter("관리자", _WORD, "10.0.0.9")


def test_a_new_password_ends_every_session(accounts):
    token = accounts.enter("관리자", _WORD, "a")
    accounts.change_password("관리자", "another long password")
    assert accounts.user_of(token) is None and accounts.enter("관리자", "another long password", "a")


def test_the_last_admin_stays(accounts):
    for act in (lambda: accounts.remove("관리자"), lambda: accounts.change_role("관리자", Role.reader)):
        with pytest.raises(AccountError, match="last admin"):
            act()
    accounts.add("둘째", _WORD, Role.admin)
    accounts.remove("관리자")
    assert [u.name for u in accounts.users()] == ["둘째"]


@pytest.mark.parametrize(("name", "password"), [("", _WORD), (" a", _WORD), ("a\n", _WORD), ("x" * 61, _WORD), ("a", "short"), ("관리자", _WORD)])
def test_unfit_names_and_passwords_are_refused(accounts, name, password):
    with pytest.raises(AccountError):
        accounts.add(name, password, Role.reader)
