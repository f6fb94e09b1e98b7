"""Files at rest: bytes sealed in a row that can be read at their own place only."""

from django.db import models

from tuoitho.lib.crypto import decrypt_bytes, encrypt_bytes


class SealedBytes(models.Model):
    """Bytes encrypted for their own row alone."""

    sealed = models.BinaryField()

    class Meta:
        abstract = True

    @property
    def _place(self) -> str:
        return f"{self._meta.db_table}.sealed:{self.pk}"

    def put(self, data: bytes) -> None:
        """Encrypt ``data`` into this row (not saved yet)."""
        self.sealed = encrypt_bytes(data, place=self._place)

    def read(self) -> bytes:
        """Raises WrongKeyError when the key is another or the row was altered."""
        return decrypt_bytes(bytes(self.sealed), place=self._place)
