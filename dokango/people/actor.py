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

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that the role may do."""
        return PERMISSIONS[self.role]

    @property
    def is_staff(self) -> bool:
        """Whether this is a person (or a key) of the shop's staff."""
        return self.role in STAFF_ROLES

    @property
    def kind(self) -> str:
        """staff, customer or system: how the audit trail sorts actors."""
        return "staff" if self.is_staff else self.role.value

    def may(self, permission: Permission) -> bool:
        """Whether the role holds `permission`."""
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raise NotAllowed unless the role holds `permission`."""
        if not self.may(permission):
            raise NotAllowed(permission.value)


SYSTEM = Actor(0, "DokanGo", Role.SYSTEM)


def customer(name: str) -> Actor:
    """The buyer of an order, known by its tracking link alone."""
    return Actor(0, name, Role.CUSTOMER)
