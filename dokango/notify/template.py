"""One message as it is kept: its words in both languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Template:
    """One message: (English, Bangla) of its subject and of its text."""

    subject: tuple[str, str]
    text: tuple[str, str]
