"""Only its own folder knows a courier: all else draws itself from COURIERS."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dokango.clock import SystemClock
from dokango.couriers.kind import ADDRESS, CourierKind
from dokango.couriers.line import Line
from dokango.couriers.registry import COURIERS
from tests.core.practice import served

ROOT = Path(__file__).resolve().parents[2]
BY_API = [kind for kind in COURIERS.values() if kind.by_api]
# the row's name in COURIERS, and the names of its settings
ALLOWED = {
    "dokango/couriers/registry.py": r"from dokango\.couriers\.{0}\.row import {1}|\(.*{1}.*\)",
    "dokango/settings.py": r"^\s*{0}_\w+: ",
}


def code() -> list[Path]:
    """Everything that runs, outside tests."""
    return [p for room in ("dokango", "dokango_web", "state", "components") for p in (ROOT / room).rglob("*.py")]


@pytest.mark.parametrize("kind", BY_API, ids=lambda kind: kind.key)
def test_a_couriers_name_stands_in_its_own_folder_alone(kind: CourierKind) -> None:
    word, elsewhere = re.compile(rf"{kind.key}|{re.escape(kind.name)}", re.IGNORECASE), []
    for path in code():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith(f"dokango/couriers/{kind.key}/"):
            continue
        allowed = re.compile(ALLOWED.get(name, r"(?!)").format(kind.key, kind.key.upper()))
        elsewhere += [
            f"{name}:{number}: {line.strip()}"
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if word.search(line) and not allowed.search(line)
        ]
    assert elsewhere == []


def test_what_couriers_send_is_read_and_never_trusted_to_be_anything() -> None:
    """A body of theirs is `object` until `reading` says what it is: an Any would pass wherever it is put."""
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "dokango/couriers").rglob("*.py")
        if re.search(r"\bAny\b", path.read_text())
    }
    assert found == set()


@pytest.mark.parametrize("kind", [kind for kind in BY_API if kind.practice], ids=lambda kind: kind.key)
def test_its_practice_server_stands_on_a_port_of_its_own(tmp_path: Path, kind: CourierKind) -> None:
    with served(tmp_path, "--courier", kind.key) as line:
        assert line.get("/_practice/parcels").json() == {"parcels": []}
        address = f"{line.url}{urlsplit(kind.practice.base_url).path}"
        courier = kind.connect(Line(SystemClock()), {**kind.practice_keys({}), ADDRESS: address})
        assert courier.prove_keys()
        assert (tmp_path / kind.practice.file_name).exists()


def test_the_first_courier_is_played_where_none_is_named(tmp_path: Path) -> None:
    with served(tmp_path) as line:
        assert line.get("/api/v1/ping").status_code == 200
