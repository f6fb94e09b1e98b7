"""Who acts: one small protocol by which lower rooms check permissions without importing upward."""

from typing import Any, Protocol


class Actor(Protocol):
    """A signed-in person or a named system actor. There is no act without one."""

    pk: Any

    @property
    def actor_name(self) -> str:
        """The name written into the audit log."""
        ...

    def may(self, permission: str) -> bool:
        """Whether this actor holds ``permission`` anywhere today."""
        ...

    def require(self, permission: str, obj: Any = None) -> None:
        """Raise PermissionDenied unless this actor may do ``permission`` (to ``obj``)."""
        ...
