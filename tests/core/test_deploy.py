"""What stands in deploy/ names what is there: settings, commands, services, files."""

from __future__ import annotations

import configparser
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from dokango.settings import ROOT, Settings

DEPLOY = ROOT / "deploy"
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
SETTINGS = {"PORT", "WORKERS", *(f"DOKANGO_{name.upper()}" for name in Settings.model_fields)}
UNITS = sorted(DEPLOY.glob("*.service"))
OURS = [name for name, service in COMPOSE["services"].items() if "build" in service]


def test_every_setting_that_is_named_is_one() -> None:
    named = {
        name for path in DEPLOY.iterdir() for name in re.findall(r"\b(?:DOKANGO_[A-Z_]+|WORKERS)\b", path.read_text())
    }
    assert len(named) > 5
    assert named <= SETTINGS


@pytest.mark.parametrize("name", OURS)
def test_a_service_of_ours_has_all_that_several_workers_share(name: str) -> None:
    service = COMPOSE["services"][name]
    assert {"DOKANGO_DATABASE_URL", "DOKANGO_REDIS_URL"} <= set(service["environment"])
    assert set(service["depends_on"]) <= set(COMPOSE["services"])
    build = service["build"]
    assert (DEPLOY / build["context"] / build["dockerfile"]).is_file()


def test_what_is_mounted_is_a_volume_or_a_file_beside() -> None:
    mounted = [one.split(":")[0] for service in COMPOSE["services"].values() for one in service.get("volumes", ())]
    assert mounted
    assert [one for one in mounted if one not in COMPOSE["volumes"] and not (DEPLOY / one).is_file()] == []


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_there_is(unit: Path) -> None:
    read = configparser.ConfigParser(interpolation=None, strict=False)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(unit)
    starts = read["Service"]["ExecStart"]
    assert starts.endswith(("make run", "python -m dokango worker"))
    assert read["Service"]["Restart"] == "always"
