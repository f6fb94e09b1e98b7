"""Files handed in, and what became of each row."""

import json
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.interop.states import COLOURS, STATE_COLOURS, WAITING, BatchState, RowFate
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.sealed_bytes import SealedBytes
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
    heading_line = models.PositiveIntegerField(_("Dòng tiêu đề"), default=0)
    row_count = models.PositiveIntegerField(_("Số dòng"), default=0)
    capitals_kept = models.BooleanField(_("Giữ nguyên tên viết hoa"), default=False)
    # Why a long file could not be read; the sentence may quote it.
    refusal = EncryptedTextField(_("Vì sao không đọc được"), blank=True, default="")
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
    def is_being_read(self) -> bool:
        return self.state == BatchState.READING

    @property
    def colour(self) -> str:
        return STATE_COLOURS[BatchState(self.state)]

    @property
    def columns(self) -> dict[int, SheetColumn]:
        """The columns that are read, by their place in the sheet."""
        return {int(place): BY_NAME[name] for place, name in self.places.items()}


class BatchFile(SealedBytes):
    """A long file as it was handed in, until it is opened."""

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="file")

    class Meta:
        verbose_name = _("tệp chờ đọc")

    def __str__(self) -> str:
        return str(self.pk)


class BatchPart(SealedBytes):
    """Some lines of a long file that wait to be judged; gone when they are ``BatchRow``s."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="parts")
    first_line = models.PositiveIntegerField(_("Từ dòng"))
    last_line = models.PositiveIntegerField(_("Đến dòng"))

    class Meta:
        verbose_name = _("phần chờ kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["batch", "first_line"], name="batchpart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_line}–{self.last_line}"

    @property
    def lines(self) -> list[tuple[int, list[Any]]]:
        """Pairs of line number and cells."""
        return [(line, cells) for line, cells in json.loads(self.read())]


class BatchRowQuerySet(ScopedQuerySet["BatchRow"]):
    view_permission = "interop.import"
    unit_path = "batch__unit"

    def first_lines(self, keys: set[str], before: int) -> dict[str, int]:
        """The first line of each of these keys (``BatchRow.key``) above line ``before``."""
        rows = self.filter(key__in=keys, line__lt=before).order_by()
        return dict(rows.values_list("key").annotate(models.Min("line")))

    def waiting(self) -> Self:
        """Those a commit takes, in the order of the file."""
        return self.filter(fate__in=WAITING).order_by("line")


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
    # A keyed hash of who the row is about, to see the same child twice in one file; "" for nobody.
    key = models.CharField(max_length=64, blank=True, editable=False)

    objects = BatchRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dòng của tệp")
        verbose_name_plural = _("dòng của tệp")
        ordering = ["line"]
        indexes = [
            models.Index(fields=["batch", "fate", "line"], name="batchrow_fate"),
            models.Index(fields=["batch", "key"], name="batchrow_key"),
        ]
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
