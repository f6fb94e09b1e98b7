"""Keys of the API: made, shown once, found again by their hash, revoked."""

import secrets
from collections.abc import Collection
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tuoitho.access.models import ApiToken, User
from tuoitho.audit.actions import record
from tuoitho.lib.crypto import keyed_hash
from tuoitho.lib.hanoi import now, today

LONGEST = timedelta(days=366)
# What a token may be given: what the API offers, and nothing of administration.
GRANTABLE = (
    "people.view", "people.register", "people.identity", "cases.view", "cases.receive",
    "indicators.view",
)  # fmt: skip


def _hash(token: str) -> str:
    return keyed_hash(token, purpose="api_token")


@transaction.atomic
def create_token(
    user: User, name: str, permissions: Collection[str], *, expires_on: date, by: User
) -> tuple[ApiToken, str]:
    """A token of ``by`` himself, good to the end of ``expires_on``. Returns it and its secret text.

    Raises ValidationError for a permission the person lacks, none at all, or a day past or more
    than a year ahead; PermissionDenied when made for somebody else.
    """
    by.require("interop.api")
    if user != by:
        raise ValidationError(_("Mỗi người chỉ tạo khoá cho chính mình."))
    if not permissions or not set(permissions) <= set(GRANTABLE) & user.permissions:
        raise ValidationError({"permissions": _("Hãy chọn trong các quyền mình đang có.")})
    if not today() <= expires_on <= today() + LONGEST:
        raise ValidationError({"expires_on": _("Khoá dùng được nhiều nhất một năm.")})
    secret = secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user, name=name, permissions=sorted(permissions), expires_on=expires_on,
        token_hash=_hash(secret),
    )  # fmt: skip
    record("access.create_token", token, by=by, after={"permissions": sorted(permissions)})
    return token, secret


@transaction.atomic
def revoke_token(token: ApiToken, *, by: User) -> ApiToken:
    """From now on nobody can use it. Revoking twice changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk, user=by)
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        record("access.revoke_token", token, by=by)
    return token


def person_of(secret: str) -> User | None:
    """The person a token acts for, restricted to what the token may; None for a bad token."""
    token = (
        ApiToken.objects.usable_on(today())
        .select_related("user")
        .filter(token_hash=_hash(secret))
        .first()
    )
    if token is None or not token.user.may("interop.api"):
        return None
    token.user.restrict_to(token.permissions)
    return token.user
