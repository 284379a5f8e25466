"""The kit: small parts that take plain values or rx.Var and know nothing of the shop: `from components import ui`."""

from components.ui.action import action_button, link_button, menu_item, more_menu, shortcut
from components.ui.asked_columns import asked_columns
from components.ui.badge import (
    badge,
    carrier_badge,
    check_line,
    level_icon,
    mark_badge,
    money_badge,
    status_badge,
    work_badge,
)
from components.ui.dialog import confirm_dialog, dialog, dialog_foot, drawer, reason_dialog
from components.ui.feedback import connection_band, live_region, progress, toaster
from components.ui.form import (
    beside,
    choice_field,
    form_error,
    order_field,
    seen_fields,
    sent_form,
    text_area_field,
    text_field,
    tick_field,
)
from components.ui.kept import kept_field
from components.ui.keyboard import desk_script, keeping_script, keyboard_sheet
from components.ui.layout import bulk_bar, card, facts, page, page_header, section, split
from components.ui.lists.cells import age, code, copy_button, money, phone_links, visually_hidden, whatsapp_link
from components.ui.lists.filters import filter_chip, search_box
from components.ui.lists.followed import followed_list
from components.ui.lists.pager import pager
from components.ui.lists.table import Column, cell, choose_box, open_link, row, row_key, table
from components.ui.lists.tabs import Tab, tab, tabs
from components.ui.lists.ticks import page_box, row_box
from components.ui.native import native_link, plain_form, skip_link
from components.ui.palette import palette, palette_found, palette_line
from components.ui.picture import thumb
from components.ui.scan import scan_input
from components.ui.stat import stat, stat_row
from components.ui.states import empty_state, error_state, loading_rows, skeleton
from components.ui.steps import stepper, timeline

__all__ = [
    "Column",
    "Tab",
    "action_button",
    "age",
    "asked_columns",
    "badge",
    "beside",
    "bulk_bar",
    "card",
    "carrier_badge",
    "cell",
    "check_line",
    "choice_field",
    "choose_box",
    "code",
    "confirm_dialog",
    "connection_band",
    "copy_button",
    "desk_script",
    "dialog",
    "dialog_foot",
    "drawer",
    "empty_state",
    "error_state",
    "facts",
    "filter_chip",
    "followed_list",
    "form_error",
    "keeping_script",
    "kept_field",
    "keyboard_sheet",
    "level_icon",
    "link_button",
    "live_region",
    "loading_rows",
    "mark_badge",
    "menu_item",
    "money",
    "money_badge",
    "more_menu",
    "native_link",
    "open_link",
    "order_field",
    "page",
    "page_box",
    "page_header",
    "pager",
    "palette",
    "palette_found",
    "palette_line",
    "phone_links",
    "plain_form",
    "progress",
    "reason_dialog",
    "row",
    "row_box",
    "row_key",
    "scan_input",
    "search_box",
    "section",
    "seen_fields",
    "sent_form",
    "shortcut",
    "skeleton",
    "skip_link",
    "split",
    "stat",
    "stat_row",
    "status_badge",
    "stepper",
    "tab",
    "table",
    "tabs",
    "text_area_field",
    "text_field",
    "thumb",
    "tick_field",
    "timeline",
    "toaster",
    "visually_hidden",
    "whatsapp_link",
    "work_badge",
]
