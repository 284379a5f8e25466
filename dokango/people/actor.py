"""Who is doing it: goes into every command and every audit event."""

from __future__ import annotations

from dataclasses import dataclass, field

from dokango.errors import NotAllowed
from dokango.people.permissions import PERMISSIONS, STAFF_ROLES, Permission, Role


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody, or something, that acts.

    `id` is the user's id; minus the key's id for an API key; 0 for customers and the shop itself, who have no account.
    """

    id: int
    name: str
    role: Role
    address: str = field(default="", compare=False)  # the network address that the act came from, for the trail
    is_rule: bool = False  # a clock that the owner set, not somebody's act and not a courier's word
    maker: int = field(default=0, compare=False)  # of an API key: the user who made it; 0 where nobody of the staff did

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that the role may do."""
        return PERMISSIONS[self.role]

    @property
    def person(self) -> int:
        """Who stands behind it: a user's id, also of a key that they made; else `id`, which is no person's."""
        return self.maker or self.id

    @property
    def is_staff(self) -> bool:
        """Whether this is a person (or a key) of the shop's staff."""
        return self.role in STAFF_ROLES

    @property
    def kind(self) -> str:
        """staff, customer, api_key, system or rule: how the audit trail sorts actors."""
        if self.is_rule:
            return "rule"
        if self.id < 0:
            return "api_key"
        if self.is_staff:
            return "staff"
        return self.role.value

    def may(self, permission: Permission) -> bool:
        """Whether the role holds `permission`."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role holds `permission`."""
        if not self.may(permission):
            raise NotAllowed(permission.value)


SYSTEM = Actor(0, "DokanGo", Role.SYSTEM)
RULE = Actor(0, "DokanGo", Role.SYSTEM, is_rule=True)


def customer(name: str) -> Actor:
    """The buyer of an order, known by its tracking link alone."""
    return Actor(0, name, Role.CUSTOMER)
