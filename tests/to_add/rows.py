"""The rows and lines that a newcomer adds, by the README's line that says so; the files beside them are in gifts/."""

from __future__ import annotations

from dataclasses import dataclass

PROOFS_OF_CORE = "tests/core/test_added_to_the_core.py"
PROOFS_OF_SITE = "tests/state/test_added_to_the_site.py"
PROOFS_OF_API = "tests/api/test_added_calls.py"


@dataclass(frozen=True)
class Row:
    """In `path`, `new` comes right after `after`, which stands there once."""

    path: str
    after: str
    new: str


@dataclass(frozen=True)
class Addition:
    """What is touched for one line of the README, and the tests of the scratch copy that see it work."""

    files: tuple[str, ...]
    rows: tuple[Row, ...]
    proofs: tuple[str, ...]


PERMISSIONS = "dokango/people/permissions.py"
REGISTER = "dokango/reports/register.py"
REVIEW_CHECKS = "dokango/orders/before/checks.py"
ADDITIONS: dict[str, Addition] = {
    "an invariant": Addition(
        ("dokango/checks/gifts.py",),
        (
            Row("dokango/checks/__init__.py", "    forgiven,\n", "    gifts,\n"),
            Row("dokango/checks/__init__.py", "CHECKS: tuple[Check, ...] = (\n", "    gifts.every_gift_is_wrapped,\n"),
        ),
        (f"{PROOFS_OF_CORE}::test_an_invariant",),
    ),
    "a report": Addition(
        ("dokango/reports/gifts.py",),
        (
            Row(REGISTER, "    funnel,\n", "    gifts,\n"),
            Row(
                REGISTER,
                "REPORTS: tuple[Report, ...] = (\n",
                """    Report("How many gifts were ordered?", (
        Tile("Gifts", gifts.told),
        Chart("gifts", "Gifts by note", "The table says the same.", gifts.figure,
              Table("Gifts by note", "Note", "Orders", gifts.lines), file="gifts"),
        SmallList("gifts-list", Table("Gifts", "Note", "Orders", gifts.lines), empty="No gift yet."),
        File("gifts", Permission.SEE_PROFIT, gifts.sheet),
    )),
""",
            ),
        ),
        (f"{PROOFS_OF_CORE}::test_a_report", f"{PROOFS_OF_SITE}::test_a_report_on_its_page"),
    ),
    "a permission": Addition(
        (),
        (
            Row(PERMISSIONS, '    EDIT_STAFF = "edit_staff"\n', '    WRAP_GIFTS = "wrap_gifts"\n'),
            Row(PERMISSIONS, "_PACKER = _VIEWER | {", "Permission.WRAP_GIFTS, "),
        ),
        (f"{PROOFS_OF_CORE}::test_a_permission",),
    ),
    "a page": Addition(
        ("dokango_web/pages/gifts.py",),
        (
            Row("dokango_web/dokango_web.py", "from dokango_web.pages import (\n", "    gifts,\n"),
            Row(
                "dokango_web/dokango_web.py",
                "SITE: tuple[Page | StaffPage, ...] = (\n",
                '    StaffPage("/gifts", gifts.page, "Gifts", gifts.LOADS,'
                ' nav=Nav("gift", Permission.VIEW_ORDERS, key="x")),\n',
            ),
        ),
        (f"{PROOFS_OF_SITE}::test_a_page",),
    ),
    "a clock, a kind of job": Addition(
        ("dokango/orders/packing/gifts.py",),
        (
            Row("dokango/clocks/table.py", "from dokango.notify.delivery import SEND_MAIL, Delivery\n",
                "from dokango.orders.packing import gifts\n"),
            Row("dokango/clocks/table.py", "CLOCKS: tuple[Ticking, ...] = (\n",
                '    Ticking("look for gifts", 60, lambda hands: gifts.look_for_gifts(hands.db, hands.clock)),\n'),
            Row("dokango/clocks/table.py", "JOBS: tuple[JobKind, ...] = (\n",
                "    JobKind(gifts.WRAP_GIFT, lambda hands, payload: gifts.wrap(payload)),\n"),
        ),
        (f"{PROOFS_OF_CORE}::test_a_clock_and_a_kind_of_job",),
    ),
    "an event handler": Addition(("state/gifts.py",), (), (f"{PROOFS_OF_SITE}::test_an_event_handler",)),
    "a plain route (a file, a form post)": Addition(
        ("dokango_web/routes/gifts.py",),
        (
            Row("dokango_web/routes/__init__.py", "    claims,\n    papers,\n", "    gifts,\n"),
            Row("dokango_web/routes/__init__.py", "        *books.ROUTES,\n", "        *gifts.ROUTES,\n"),
        ),
        (f"{PROOFS_OF_SITE}::test_a_plain_route",),
    ),
    "a call of the API": Addition(
        ("dokango_web/api/gifts.py", "dokango_web/api/shapes/gifts.py"),
        (
            Row("dokango_web/api/app.py", "    docs,\n", "    gifts,\n"),
            Row("dokango_web/api/app.py", "ROUTERS = (\n", "    gifts.router,\n"),
        ),
        (f"{PROOFS_OF_API}::test_a_call",),
    ),
    "a command": Addition(
        ("dokango/commands/wrap_gifts.py",),
        (
            Row("dokango/commands/__init__.py", "from dokango.commands import (\n", "    wrap_gifts,\n"),
            Row("dokango/commands/__init__.py", "COMMANDS: dict[str, Command] = {\n",
                '    "wrap-gifts": cast(Command, wrap_gifts),\n'),
        ),
        (f"{PROOFS_OF_CORE}::test_a_command",),
    ),
    "a setting from the environment": Addition(
        (),
        (
            Row("dokango/settings.py", '    redis_url: str = ""\n', '    gift_paper: str = "plain"\n'),
            Row("README.md", "| variable | default | |\n|---|---|---|\n", "| `DOKANGO_GIFT_PAPER` | plain | wraps |\n"),
        ),
        (f"{PROOFS_OF_CORE}::test_a_setting",),
    ),
    "a tab on the desk": Addition(
        ("dokango/migrations/versions/9999_gifts.py",),
        (
            Row("dokango/orders/book/queues.py", "QUEUES: tuple[Queue, ...] = (\n",
                """    Queue("gifts", "Gifts to wrap", "note LIKE 'a gift%'", empty="No gift."),\n"""),
        ),
        (f"{PROOFS_OF_CORE}::test_a_tab", f"{PROOFS_OF_SITE}::test_a_tab_on_its_page"),
    ),
    "a check before an order goes on": Addition(
        (),
        (
            Row(REVIEW_CHECKS, '    "Buyer": buyers_record,\n', '    "Gift": gift_wrapped,\n'),
            Row(
                REVIEW_CHECKS,
                "_SOON = 2 * US_PER_DAY\n",
                """

def gift_wrapped(facts: Facts) -> tuple[str, str]:
    \"\"\"Whether it is a gift.\"\"\"
    is_gift = facts.order.note.startswith("a gift")
    return ("warn", "A gift: wrap it.") if is_gift else ("good", "No gift.")


""",
            ),
        ),
        (f"{PROOFS_OF_SITE}::test_a_check_before",),
    ),
}  # fmt: skip
