"""The language of the whole document, for readers aloud and translators: `<html lang>` follows the visitor's."""

from __future__ import annotations

import reflex as rx


class _DocumentLanguage(rx.Fragment):
    """Nothing to see: an effect of React's own, so that no other script touches what React keeps."""

    locale: rx.Var[str]

    def add_imports(self) -> dict[str, str]:
        """React's hook."""
        return {"react": "useEffect"}

    def add_hooks(self) -> list[rx.Var]:
        """Set the attribute whenever the language changes."""
        effect = f"useEffect(() => {{ document.documentElement.lang = {self.locale!s}; }}, [{self.locale!s}])"
        return [rx.Var(effect, _var_data=self.locale._get_all_var_data())]

    def _exclude_props(self) -> list[str]:
        return ["locale"]


def document_language(locale: rx.Var[str]) -> rx.Component:
    """Let `<html lang>` be `locale`."""
    return _DocumentLanguage.create(locale=locale)
