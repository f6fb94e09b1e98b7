"""Files handed in, and what became of each row."""

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.interop.states import COLOURS, BatchState, RowFate
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.people.importers import BY_NAME, SheetColumn
from tuoitho.people.models import Child


class BatchQuerySet(ScopedQuerySet["Batch"]):
    view_permission = "interop.import"


class Batch(Scoped):
    """One file of households and children handed in for one commune."""

    file_name = models.CharField(_("Tên tệp"), max_length=200)
    sha256 = models.CharField(_("Dấu vân tay của tệp"), max_length=64, db_index=True)
    sheet_name = models.CharField(_("Trang tính"), max_length=120, blank=True)
    headings = models.JSONField(_("Tiêu đề các cột"), default=list)
    # Which place holds which column: {"0": "full_name"}; recognised, then set by a person.
    places = models.JSONField(_("Các cột được đọc"), default=dict)
    notes = models.JSONField(_("Ghi chú khi đọc"), default=list)
    heading_line = models.PositiveIntegerField(_("Dòng tiêu đề"))
    staged_at = models.DateTimeField(_("Nộp lúc"), auto_now_add=True)
    staged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("Người nộp")
    )
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Trùng với lần nộp"),
    )  # fmt: skip
    state = models.CharField(
        _("Trạng thái"), max_length=10, choices=BatchState, default=BatchState.STAGED
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhập tệp")
        verbose_name_plural = _("lần nhập tệp")
        constraints = [
            models.CheckConstraint(
                name="batch_state_is_known", condition=models.Q(state__in=BatchState.values)
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def columns(self) -> dict[int, SheetColumn]:
        """The columns that are read, by their place in the sheet."""
        return {int(place): BY_NAME[name] for place, name in self.places.items()}


class BatchRowQuerySet(ScopedQuerySet["BatchRow"]):
    view_permission = "interop.import"
    unit_path = "batch__unit"


class BatchRow(models.Model):
    """One line of the file, as it stood there, and its fate."""

    batch = models.ForeignKey(
        Batch, models.CASCADE, related_name="rows", verbose_name=_("Lần nhập")
    )
    line = models.PositiveIntegerField(_("Dòng"))
    # Personal data: the cells, and the sentences about them, which may quote a cell.
    content = EncryptedTextField(_("Nội dung"))
    findings = EncryptedTextField(_("Lỗi"), default="[]")
    fate = models.CharField(_("Kết quả"), max_length=10, choices=RowFate)
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Trẻ")
    )
    candidates = models.JSONField(_("Có thể là"), default=list)  # keys of children

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng của tệp")
        verbose_name_plural = _("dòng của tệp")
        ordering = ["line"]
        indexes = [models.Index(fields=["batch", "fate", "line"], name="batchrow_fate")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="batchrow_line_once"),
            models.CheckConstraint(
                name="batchrow_fate_is_known", condition=models.Q(fate__in=RowFate.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch}: {self.line}"

    @property
    def cells(self) -> list[Any]:
        """The cells as read: text, numbers, dates as yyyy-mm-dd."""
        return list(json.loads(self.content))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Pairs of column heading ("" for the whole row) and sentence."""
        return [(column, message) for column, message in json.loads(self.findings)]

    @property
    def problem_text(self) -> str:
        """All problems in one line."""
        return "; ".join(f"{c}: {m}" if c else m for c, m in self.problems)

    @property
    def colour(self) -> str:
        return COLOURS[RowFate(self.fate)]
