"""The commands: each brings the database up to date, does one thing, says so, and ends with a code to rely on."""

from __future__ import annotations

import os
import stat
import tarfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path

import pyotp
import pytest

from dokango import process
from dokango.__main__ import main
from dokango.archive import BACKUPS, PASSWORD_FILE
from dokango.catalogue.products import sku_in_use
from dokango.commands import COMMANDS
from dokango.people import second_step, sign_ins, staff
from dokango.people.actor import SYSTEM
from dokango.private import keep_private
from dokango.settings import settings
from dokango.shop.profile import load_profile
from dokango.shop.secrets import KEY_FILE, Vault

CSV = "SKU,Name,Regular price,Type\ncap,Cap,90,simple\nset,Set,,grouped\n"
Run = Callable[..., int]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """`run("check")` on a shop of its own; the exit code."""
    monkeypatch.setenv("DOKANGO_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("DOKANGO_DATABASE_URL", raising=False)
    settings.cache_clear()
    process.use(None)
    yield lambda *arguments: main([str(argument) for argument in arguments])
    process.database().close()
    process.use(None)
    settings.cache_clear()


def test_every_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    listed = capsys.readouterr().out
    for name, command in COMMANDS.items():
        assert name in listed
        assert command.__doc__


def test_a_fresh_shop_holds_every_invariant(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check") == 0
    assert "invariants hold" in capsys.readouterr().out


def test_a_broken_invariant_is_shown_and_ends_with_one(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sample") == 0
    process.database().write(lambda tx: tx.script("UPDATE stock_level SET on_hand = on_hand + 1 WHERE on_hand > 20"))
    capsys.readouterr()
    assert run("check") == 1
    said = capsys.readouterr().out
    assert "BROKEN  levels are explained by movements" in said


def test_customers_figures_that_are_wrong_are_named_and_set_right(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("sample")
    process.database().write(lambda tx: tx.script("UPDATE customer SET orders = orders + 3 WHERE id = 1"))
    capsys.readouterr()
    assert run("recount-customers") == 0
    assert "orders by -3" in capsys.readouterr().out
    run("recount-customers")
    assert capsys.readouterr().out == "Every customer's figures were right.\n"


def test_migrating_twice_changes_nothing(run: Run) -> None:
    assert (run("migrate"), run("migrate")) == (0, 0)


def test_the_sample_is_refused_in_a_shop_that_has_something(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert (run("sample"), run("sample")) == (0, 1)
    assert "only for an empty one" in capsys.readouterr().err


def test_importing_prints_every_row_not_taken(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "products.csv"
    file.write_text(CSV)
    assert run("import-products", file) == 0
    assert "line 3: set: a grouped product is not sold here" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n\0", b"a,b\n1,2\n"])
def test_a_file_that_cannot_be_read_ends_with_two(run: Run, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "products.csv"
    if content is not None:
        file.write_bytes(content)
    assert run("import-products", file) == 2


def test_a_member_of_staff_is_taken_on_and_can_sign_in(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("create-user", "Rina", "--role", "packer", "--name", "Rina Das") == 0
    password = capsys.readouterr().out.split()[-1]
    user = process.database().read(lambda tx: staff.authenticate(tx, "rina", password))
    assert (user.name, user.role) == ("Rina Das", "packer")
    assert run("create-user", "rina") == 2
    assert run("create-user", "rina", "--reset") == 0
    assert process.database().read(lambda tx: staff.authenticate(tx, "rina", password)) is None
    assert run("create-user", "nobody-here", "--reset") == 2


@pytest.mark.parametrize("more", [(), ("--reset",)])
def test_a_password_that_is_read_is_ones_own_and_one_that_is_made_is_changed_first(
    run: Run, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...]
) -> None:
    if more:
        run("create-user", "rina")
    monkeypatch.setattr("sys.stdin", StringIO("a password for tests\n"))
    assert run("create-user", "rina", "--password-stdin", *more) == 0
    assert run("create-user", "liton") == 0
    given = process.database().read(lambda tx: {user.login: user.given_at for user in staff.everyone(tx)})
    assert given["rina"] is None and given["liton"] is not None


def test_the_file_of_the_first_password_goes_when_it_opens_nothing_any_more(run: Run) -> None:
    assert run("prepare") == 0
    file, database = settings().data_dir / PASSWORD_FILE, process.database()
    assert run("prepare") == 0 and file.exists()
    (owner,) = [user for user in database.read(staff.everyone) if user.login == "owner"]
    assert owner.given_at is not None
    password = "a password for tests"
    database.write(lambda tx: staff.set_password(tx, SYSTEM, owner.id, password, process.clock(), given=False))
    assert run("prepare") == 0 and not file.exists()


def test_who_lost_the_phone_gets_in_by_a_command(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("create-user", "rina", "--role", "owner")
    assert run("reset-second-step", "rina") == 2
    database, vault, secret = process.database(), Vault(settings().data_dir), second_step.make_secret()
    user_id = next(user.id for user in database.read(staff.everyone))
    _, session = database.write(lambda tx: sign_ins.begin(tx, user_id, process.clock(), "", ""))
    assert session is not None
    code = pyotp.TOTP(secret).now()
    database.write(lambda tx: second_step.set_up(tx, session, session.actor, vault, secret, code, process.clock()))
    assert run("reset-second-step", " Rina ") == 0
    assert database.read(second_step.holders) == set()
    assert run("reset-second-step", "nobody-here") == 2


def test_a_shop_comes_back_whole_from_its_archive(run: Run, tmp_path: Path) -> None:
    assert run("sample") == 0
    data = settings().data_dir
    (data / "pictures").mkdir()
    (data / "pictures" / "a.png").write_bytes(b"picture")
    archive = tmp_path / "shop.tar.gz"
    assert run("backup", "--to", archive) == 0
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    file = tmp_path / "products.csv"
    file.write_text(CSV)
    run("import-products", file)
    (data / "pictures" / "a.png").unlink()
    assert process.database().read(lambda tx: sku_in_use(tx, "cap"))
    assert run("restore", archive, "--dry-run") == 0
    assert process.database().read(lambda tx: sku_in_use(tx, "cap"))
    assert run("restore", archive) == 0
    assert not process.database().read(lambda tx: sku_in_use(tx, "cap"))
    assert process.database().read(load_profile).name == "Shapla Haat"
    assert (data / "pictures" / "a.png").read_bytes() == b"picture"
    assert [kept.name.startswith("before-restore") for kept in (data / BACKUPS).iterdir()] == [True]
    assert run("check") == 0


@pytest.mark.parametrize("asked", [False, True])
def test_an_archive_holds_no_password_and_the_key_only_when_asked(run: Run, tmp_path: Path, asked: bool) -> None:
    assert run("sample") == 0
    data = settings().data_dir
    for name in (PASSWORD_FILE, KEY_FILE):
        (data / name).write_text("secret")
    archive = tmp_path / "shop.tar.gz"
    assert run("backup", "--to", archive, *(["--with-key"] if asked else [])) == 0
    with tarfile.open(archive) as opened:
        names = {Path(name).name for name in opened.getnames()}
    assert PASSWORD_FILE not in names
    assert (KEY_FILE in names) is asked


def test_the_data_folder_is_its_owners_alone(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir(mode=0o755)
    (tmp_path / "shop.sqlite3").write_text("orders")
    (tmp_path / "shop.sqlite3").chmod(0o644)
    before = os.umask(0o022)
    try:
        assert keep_private(tmp_path) >= 1
        (tmp_path / "new").write_text("x")
        assert {path.name for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077} == set()
        assert keep_private(tmp_path) == 0
    finally:
        os.umask(before)


def test_what_is_no_archive_is_refused_and_nothing_is_touched(run: Run, tmp_path: Path) -> None:
    run("sample")
    file = tmp_path / "x.tar.gz"
    file.write_bytes(b"not an archive")
    assert run("restore", file) == 2
    assert process.database().read(load_profile).name == "Shapla Haat"


def test_the_worker_does_what_is_due_and_ends(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("worker", "--once") == 0
    assert "0 pieces of work done." in capsys.readouterr().out
