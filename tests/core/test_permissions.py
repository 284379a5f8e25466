"""Who may do what."""

import pytest

from dokango.errors import NotAllowed
from dokango.people.actor import SYSTEM, Actor, customer
from dokango.people.permissions import PERMISSIONS, STAFF_ROLES, Permission, Role

MONEY = (Permission.VERIFY_PAYMENT, Permission.REFUND, Permission.SETTLE_COD)


def test_every_role_has_its_row() -> None:
    assert set(PERMISSIONS) == set(Role)


@pytest.mark.parametrize("role", [Role.PACKER, Role.VIEWER, Role.CUSTOMER])
@pytest.mark.parametrize("permission", [*MONEY, Permission.SEE_COST, Permission.SEE_PROFIT, Permission.EDIT_STAFF])
def test_money_cost_and_staff_are_not_for(role: Role, permission: Permission) -> None:
    with pytest.raises(NotAllowed) as refused:
        Actor(7, "Rafi", role).require(permission)
    assert refused.value.data() == {"permission": permission.value}


@pytest.mark.parametrize("permission", [Permission.SEE_PROFIT, Permission.EDIT_STAFF, Permission.EDIT_SETTINGS])
def test_profit_and_staff_are_the_owners_alone(permission: Permission) -> None:
    assert [role for role in STAFF_ROLES if Actor(1, "x", role).may(permission)] == [Role.OWNER]


def test_a_packer_packs_and_ships_and_a_viewer_only_looks() -> None:
    packer, viewer = Actor(1, "p", Role.PACKER), Actor(2, "v", Role.VIEWER)
    assert packer.may(Permission.PACK) and packer.may(Permission.SHIP)
    assert viewer.permissions == {Permission.VIEW_ORDERS, Permission.VIEW_CUSTOMERS, Permission.VIEW_STOCK}


def test_the_customer_and_the_clockwork_are_no_staff() -> None:
    assert not customer("Rahima").is_staff and not SYSTEM.is_staff
