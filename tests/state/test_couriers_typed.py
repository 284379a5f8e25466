"""A courier's settings form, by its row: texts, secrets, numbers and choices, and an account that is whole or none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dokango.couriers.keys import keys_of, secret_name, shown_values
from dokango.couriers.kind import FieldKind, KeyField
from dokango.couriers.registry import COURIERS
from dokango.errors import InvalidInput
from dokango.settings import Settings
from dokango.shop.secrets import Vault, keep_secret
from state.settings.couriers_typed import BY_ENVIRONMENT, keys_typed
from tests.paperplane import PAPERPLANE
from tests.small_shop import Shop

KIND = replace(
    PAPERPLANE,
    fields=(
        KeyField("way", "Way in", kind=FieldKind.CHOICE, required=False, default="ticket",
                 choices=(("ticket", "Ticket"), ("club", "Club"))),
        KeyField("club", "Club number", kind=FieldKind.TEXT, only_with=("way", "club")),
        KeyField("password", "Password"),
        KeyField("pace", "Flights an hour", kind=FieldKind.NUMBER, required=False, default="2", least=1, most=50),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COURIERS, KIND.key, KIND)


def read(kept: dict[str, str], **typed: str) -> dict[str, str]:
    """What would be kept, or the fields that are wrong as {"wrong": "…"}."""
    form = {"courier": KIND.key} | {secret_name(KIND.key, name): words for name, words in typed.items()}
    marks = {secret_name(KIND.key, name): mark for name, mark in kept.items()}
    try:
        given = keys_typed(form, marks).given
    except InvalidInput as error:
        return {"wrong": " ".join(sorted(name.removeprefix("paperplane_") for name in error.fields))}
    return {name.removeprefix("paperplane_"): words for name, words in given.items()}


@pytest.mark.parametrize(
    ("kept", "typed", "given"),
    [
        ({}, {}, {"wrong": "password"}),
        ({}, {"password": "wings"}, {"password": "wings"}),
        ({}, {"password": "wings", "way": "club"}, {"wrong": "club"}),
        ({}, {"password": "wings", "way": "club", "club": "7"}, {"password": "wings", "way": "club", "club": "7"}),
        ({}, {"password": "wings", "way": "by sea"}, {"wrong": "way"}),
        ({}, {"password": "wings", "pace": "0"}, {"wrong": "pace"}),
        ({}, {"password": "wings", "pace": "5O"}, {"wrong": "pace"}),
        ({}, {"password": "wings", "pace": "1e9"}, {"wrong": "pace"}),
        ({"password": "set on …"}, {"pace": "50"}, {"pace": "50"}),
        ({"password": BY_ENVIRONMENT}, {"pace": "50"}, {"pace": "50"}),
        ({"password": BY_ENVIRONMENT}, {"way": "club", "club": "7"}, {"wrong": "password"}),
        ({"password": "set on …"}, {"password": "", "pace": ""}, {"pace": ""}),
    ],
)
def test_the_form_is_read_by_the_rows_fields(
    kept: dict[str, str], typed: dict[str, str], given: dict[str, str]
) -> None:
    assert read(kept, **typed) == given


def test_an_account_is_whole_or_none_and_other_settings_count_alone(shop: Shop, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    environment = Settings(data_dir=tmp_path)

    def keep(**words: str) -> None:
        for name, word in words.items():
            shop.db.write(
                lambda tx, name=name, word=word: keep_secret(
                    tx, vault, secret_name(KIND.key, name), word, by="Olin", now_us=1
                )
            )

    def keys() -> dict[str, str]:
        return shop.db.read(lambda tx: keys_of(tx, vault, environment, KIND))

    assert keys() == {"way": "ticket", "club": "", "password": "", "pace": "2"} and not KIND.has_account(keys())
    keep(pace="9", way="club", club="7")
    assert keys() == {"way": "club", "club": "", "password": "", "pace": "9"} and not KIND.has_account(keys())
    keep(password="wings")
    assert keys() == {"way": "club", "club": "7", "password": "wings", "pace": "9"} and KIND.has_account(keys())
    shown = shop.db.read(lambda tx: shown_values(tx, vault, environment, KIND))
    assert shown == {"way": "club", "club": "7", "pace": "9"}, "a secret is never shown"
