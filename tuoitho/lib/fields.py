"""A model field whose value is encrypted in the database."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldError
from django.db import models

from tuoitho.lib.crypto import decrypt, encrypt

if TYPE_CHECKING:
    EncryptedBase = models.TextField[str, str]
else:
    EncryptedBase = models.TextField


class EncryptedTextField(EncryptedBase):
    """Text sealed with AES-GCM in a ``bytea`` column; readable only through the application.

    It cannot be searched: keep a ``keyed_hash`` beside it where equality is needed.
    """

    def db_type(self, connection: Any) -> str:
        return "bytea"

    def get_internal_type(self) -> str:
        return "BinaryField"

    @property
    def place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        return None if value is None else str(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        return encrypt(str(value), place=self.place)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else decrypt(bytes(value), place=self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be searched; use its hash")
        return super().get_lookup(lookup_name)
