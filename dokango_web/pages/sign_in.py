"""Sign in: a native form, so that the browser itself posts it and takes the HttpOnly cookie."""

from __future__ import annotations

import reflex as rx


def page() -> rx.Component:
    """The sign-in page."""
    return rx.heading("Sign in")
