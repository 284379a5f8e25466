"""The owner changes settings: checked, kept, and written to the audit trail as old and new; secrets never."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError

from dokango import audit, topics
from dokango.clock import Clock
from dokango.db import Tx
from dokango.errors import InvalidInput
from dokango.input_sentences import in_sentences
from dokango.people.actor import Actor
from dokango.people.districts import district_of
from dokango.people.emails import email_of
from dokango.people.permissions import Permission
from dokango.people.phones import normalise_phone
from dokango.plain_model import PlainModel
from dokango.shop.accounts import MAIL, MailServer
from dokango.shop.profile import Profile, load_profile, read_setting, save_profile, write_setting
from dokango.shop.secrets import Vault, forget_secret, keep_secret, mark_of
from dokango.shop.sms_account import SMS, SmsAccount

LONGEST_SECRET = 500
Changed = Mapping[str, Sequence[object]]  # a setting's name, and what it was and is
_READERS: dict[str, Callable[[str, str], str]] = {
    "phone": normalise_phone, "whatsapp": normalise_phone, "email": email_of, "home_district": district_of,
}  # fmt: skip
_NEEDED = frozenset(("home_district",))


def change_profile(tx: Tx, actor: Actor, clock: Clock, changes: Mapping[str, object]) -> Changed:
    """Set these fields of the profile; what changed, old and new. Raises NotAllowed, InvalidInput by field."""
    actor.require(Permission.EDIT_SETTINGS)
    before = load_profile(tx).model_dump()
    try:
        profile = Profile.model_validate({**before, **_as_kept(changes)})
    except ValidationError as error:
        raise in_sentences(error) from error
    after = profile.model_dump()
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed or read_setting(tx, "profile") is None:
        now_us = clock.now_us()
        save_profile(tx, profile, by=actor.name, now_us=now_us)
        note_changed(tx, actor, now_us, ", ".join(changed) or "confirmed as they were", changed)
    return changed


def _as_kept(changes: Mapping[str, object]) -> dict[str, object]:
    """The changes with numbers, addresses and places in the one form that is kept; raises InvalidInput by field."""
    kept = dict(changes)
    wrong: dict[str, str] = {}
    for name, read in _READERS.items():
        typed = kept.get(name)
        if not isinstance(typed, str) or (not typed and name not in _NEEDED):
            continue
        try:
            kept[name] = read(typed, name)
        except InvalidInput as error:
            wrong |= error.fields
    if wrong:
        raise InvalidInput(wrong)
    return kept


def change_mail_server(tx: Tx, actor: Actor, clock: Clock, typed: Mapping[str, object]) -> Changed:
    """Set where mail is handed in. Raises NotAllowed, InvalidInput by field."""
    return _change(tx, actor, clock, MailServer, MAIL, "mail server", typed)


def change_sms_account(tx: Tx, actor: Actor, clock: Clock, typed: Mapping[str, object]) -> Changed:
    """Set the SMS gateway. Raises NotAllowed, InvalidInput by field."""
    return _change(tx, actor, clock, SmsAccount, SMS, "SMS gateway", typed)


def _change(
    tx: Tx, actor: Actor, clock: Clock, model: type[PlainModel], key: str, words: str, typed: Mapping[str, object]
) -> Changed:
    """Keep what was typed as the setting `key` of `model`, with what changed on the trail."""
    actor.require(Permission.EDIT_SETTINGS)
    try:
        wanted = model.model_validate(dict(typed))
    except ValidationError as error:
        raise in_sentences(error) from error
    before = model.model_validate_json(read_setting(tx, key) or "{}").model_dump()
    after = wanted.model_dump()
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        now_us = clock.now_us()
        write_setting(tx, key, wanted.model_dump_json(), by=actor.name, now_us=now_us)
        note_changed(tx, actor, now_us, f"{words}: " + ", ".join(changed), changed)
    return changed


def change_secret(tx: Tx, actor: Actor, clock: Clock, vault: Vault, name: str, plain: str) -> None:
    """Set a secret; the trail says that it was set, never what it is. Raises NotAllowed, InvalidInput under `name`."""
    actor.require(Permission.EDIT_SETTINGS)
    secret = plain.strip()
    if not 1 <= len(secret) <= LONGEST_SECRET or not secret.isprintable():
        raise InvalidInput({name: f"Paste the key as it was given to you, 1 to {LONGEST_SECRET} characters."})
    now_us = clock.now_us()
    keep_secret(tx, vault, name, secret, by=actor.name, now_us=now_us)
    note_changed(tx, actor, now_us, f"{name.replace('_', ' ')} set", {})


def drop_secret(tx: Tx, actor: Actor, clock: Clock, name: str) -> bool:
    """Take a secret out; False when there was none. Raises NotAllowed."""
    actor.require(Permission.EDIT_SETTINGS)
    if mark_of(tx, name) is None:
        return False
    forget_secret(tx, name)
    note_changed(tx, actor, clock.now_us(), f"{name.replace('_', ' ')} removed", {})
    return True


def note_changed(tx: Tx, actor: Actor, now_us: int, words: str, changed: Changed) -> None:
    """Write onto the audit trail what was set, old and new, and announce it; for those who keep a setting."""
    audit.record(
        tx, key=f"settings_changed:{now_us}:{words[:60]}", action="settings_changed", actor=actor.name,
        actor_kind=actor.kind, now_us=now_us, note=words, data={"changed": changed} if changed else None,
    )  # fmt: skip
    tx.changed(topics.SETTINGS)
