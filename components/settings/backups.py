"""Settings: the copies that the shop makes of itself."""

from __future__ import annotations

import reflex as rx

from components import ui
from state.settings.backups import BackupsState as S


def backups_part() -> rx.Component:
    """How it stands, one now, and the files that are there."""
    columns = [ui.Column("File"), ui.Column("Made", align="right"), ui.Column("Size", align="right")]
    return rx.el.div(
        rx.cond(S.failed != "", ui.check_line("bad", S.failed)),
        rx.el.p(S.said, " ", S.plan),
        rx.el.p(
            "Of two days all stay, of two weeks one a day, of two months one a week. Each is opened, and every "
            "invariant proved on it before it counts. DOKANGO_BACKUP_TO names a second place, on another disk.",
            class_name="dk-hint",
        ),
        rx.el.div(ui.action_button("Make a copy now", S.make, icon="archive", variant="soft", pending=S.making)),
        rx.cond(
            S.files.length() > 0,
            ui.table(columns, rx.foreach(S.files, _file), caption="Copies in the data folder, newest first"),
            ui.empty_state("No copies yet", "The first is made by itself, or now.", icon="archive"),
        ),
        class_name="dk-stack",
    )


def _file(row: rx.Var[dict[str, str]]) -> rx.Component:
    return ui.row(
        ui.cell(row["name"], lead=True, heading=True),
        ui.cell(row["when"], label="Made", align="right"),
        ui.cell(row["size"], label="Size", align="right"),
        name=row["name"],
    )
