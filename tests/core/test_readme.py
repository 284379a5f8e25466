"""The README cannot lie: each line of "to add X, touch Y" is tried as it says, and its paths and settings are real."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from dokango.settings import Settings
from tests.to_add.rows import ADDITIONS
from tests.to_add.scratch import add, copy_of_the_tree, outcomes

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text()
# Lines that are tried elsewhere, by registering in a test; the others are tried here, in a scratch copy.
TRIED_ELSEWHERE = {
    "a transition of an order": "tests/core/test_to_add_a_transition.py",
    "a payment method (wallet, bank transfer, card by hand)": "tests/core/test_to_add_a_payment_method.py",
    "a wallet's message": "tests/core/test_to_add_a_payment_method.py",
    "a courier": "tests/core/test_to_add_a_courier.py",
    "an SMS gateway": "tests/core/test_sms.py::test_a_gateway_that_is_added_is_offered_filled_in_and_read",
    "something that is asked (a form, a body of the API, a command)": (
        "tests/core/test_plain_text.py::test_no_text_that_is_asked_keeps_what_nobody_can_see"
    ),
    "a kind of case (what goes wrong on the way)": (
        "tests/core/test_cases.py::test_a_kind_of_case_is_one_row_and_is_opened_where_it_is_heard_of"
    ),
    "an act on a case (what the desk does about it)": (
        "tests/core/test_acts.py::test_an_act_is_one_row_with_its_form_and_what_it_does"
    ),
    "a wait that is told of (unpaid, not packed …)": "tests/core/test_waits.py::test_a_wait_is_one_row",
    "a form that saves": "tests/state/test_forms.py::test_a_form_pressed_twice_acts_once",
    "a dialog": "tests/state/test_dialogs.py::test_every_dialog_that_a_page_draws_is_closed_on_another_page",
    "a secret that is shown once": "tests/state/test_shown_once.py::test_what_is_called_like_a_secret_is_shown_once",
    "an action of the palette": (
        "tests/state/test_site_map.py::test_an_action_names_the_permission_of_its_handler_and_a_page_of_the_site"
    ),
    "a live page": "tests/state/test_live.py::test_a_commit_is_on_every_watching_tab_after_one_reading",
    "a topic": "tests/core/test_topics.py::test_every_topic_is_announced_by_a_command",
}
_DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef)
_CODE = re.compile(r"`([^`\n]+)`")
_PROSE = re.sub(r"```.*?```", "", README, flags=re.DOTALL)


def rows_under(heading: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    part = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")][2:]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


LINES = {row[0].removeprefix("| ").strip(): row[1].rstrip(" |") for row in rows_under("To add X, touch Y")}


def test_every_line_of_the_table_is_tried() -> None:
    assert set(LINES) == set(ADDITIONS) | set(TRIED_ELSEWHERE)
    assert not set(ADDITIONS) & set(TRIED_ELSEWHERE)


@pytest.mark.parametrize("line", TRIED_ELSEWHERE)
def test_what_is_tried_elsewhere_has_its_test(line: str) -> None:
    path, _, name = TRIED_ELSEWHERE[line].partition("::")
    tests = [node.name for node in ast.parse((ROOT / path).read_text()).body if isinstance(node, _DEFINED)]
    assert [test for test in tests if test.startswith(name or "test_")]


@pytest.fixture(scope="session")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Everything added at once to a copy, and each proof's outcome there."""
    at = tmp_path_factory.mktemp("scratch")
    copy_of_the_tree(at)
    add(at, ADDITIONS.values())
    return outcomes(at, [proof for addition in ADDITIONS.values() for proof in addition.proofs])


@pytest.mark.parametrize("line", ADDITIONS)
def test_what_a_line_says_to_touch_is_enough(tried: Mapping[str, str], line: str) -> None:
    proofs = [proof.partition("::")[2] for proof in ADDITIONS[line].proofs]
    assert proofs and {name: tried[name] for name in proofs} == dict.fromkeys(proofs, "")


@pytest.mark.parametrize("line", ADDITIONS)
def test_nothing_is_touched_that_the_line_does_not_name(line: str) -> None:
    named = [_pattern(word) for word in _CODE.findall(LINES[line]) if "/" in word or word.endswith(".py")]
    named += [re.compile("README.md")] if "its row above" in LINES[line] else []
    named += [re.compile("dokango/migrations/versions/.*")] if "in the migrations" in LINES[line] else []
    touched = {*ADDITIONS[line].files, *(row.path for row in ADDITIONS[line].rows)}
    rooms = {name for name in touched if name.endswith("__init__.py")}  # where the table of a room stands
    beside = {"dokango/orders/packing/gifts.py", "state/gifts.py"}  # what a row names, in a room of its own
    silent = [path for path in touched - rooms - beside if not any(name.search(path) for name in named)]
    assert silent == []


def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(re.escape(word).replace("‹noun›", "[^/]+"))


def test_the_paths_that_the_readme_names_are_there() -> None:
    named = {word for word in _CODE.findall(_PROSE) if re.fullmatch(r"\w[\w.]*/[\w./]*", word)}
    assert len(named) > 15
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_map_of_rooms_names_rooms_that_are_there() -> None:
    drawn = README.split("## The map of rooms\n")[1].split("```")[1]
    rooms = set(re.findall(r"(?<![\w‹])(\w+)/", drawn)) - {"pages"}
    known = {path.name for top in ("dokango_web", "components", "state", "dokango", "tests", "assets", "benchmarks")
             for path in ((ROOT / top), *(ROOT / top).rglob("*/"))}  # fmt: skip
    assert rooms and rooms - known == set()


def test_a_file_that_a_line_names_by_its_name_alone_is_there() -> None:
    names = {word for line in LINES.values() for word in _CODE.findall(line) if re.fullmatch(r"\w+\.py", word)}
    known = {path.name for room in ("dokango", "dokango_web", "state") for path in (ROOT / room).rglob("*.py")}
    assert names - known == set()


def test_the_settings_table_is_the_settings() -> None:
    """Every variable that is read has its row, every row its field; "…_API_KEY" follows the name before it."""
    listed = {name for row in rows_under("Settings") for name in _variables(row[0])}
    plain = {"port": "PORT", "workers": "WORKERS"}  # as other programs call them
    fields = {plain.get(name, f"DOKANGO_{name.upper()}") for name in Settings.model_fields}
    assert listed == fields


def _variables(cell: str) -> list[str]:
    names: list[str] = []
    for word in _CODE.findall(cell):
        stem = names[0].rsplit("_", 1)[0] if names else ""
        if word.startswith("…") and names:
            stem = names[0].removesuffix("_BASE_URL") if names[0].endswith("_BASE_URL") else stem
        names.append(f"{stem}{word.removeprefix('…')}" if word.startswith("…") else word)
    return names
