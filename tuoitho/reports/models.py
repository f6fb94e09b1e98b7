"""Annual reports: what each unit wrote, what the standing body consolidated, what was signed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Self, TypeVar

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import Scoped, ScopedQuerySet
from tuoitho.lib.hanoi import now
from tuoitho.plan.offices import Office
from tuoitho.reports.annual import AnnualReport, from_json
from tuoitho.reports.sections import KEYS
from tuoitho.reports.states import (
    CONSOLIDATION_MOVES,
    CONSOLIDATION_STATES,
    DELIVERED,
    REPORT_MOVES,
    State,
    Step,
)
from tuoitho.reports.states import Move as Row
from tuoitho.units.models import Organisation, Unit

SYMBOL = r"^BC-[A-ZĐ&.\-]{1,20}$"
YEAR_IS_SENSIBLE = Q(year__gte=2000, year__lte=2100)
D = TypeVar("D", bound="Document")


class DocumentQuerySet(ScopedQuerySet[D]):
    view_permission = "reports.view"

    def of_year(self, year: int) -> Self:
        return self.filter(year=year)

    def within(self, unit: Unit) -> Self:
        """Of ``unit`` and the units below it, whenever they existed."""
        return self.filter(unit__above__ancestor=unit)


class Document(Scoped):
    """What a unit's report and the consolidated one have in common.

    ``sections`` is what people wrote (``sections.KEYS`` → text). ``revision`` counts savings: who
    saves says which one he read. Number, day and figures belong to the signed ``Edition``.
    """

    year = models.PositiveSmallIntegerField(_("Năm báo cáo"))
    sections = models.JSONField(_("Nội dung"), default=dict, blank=True)
    revision = models.PositiveIntegerField(_("Lần lưu"), default=0, editable=False)
    state = models.CharField(_("Tình trạng"), max_length=10, choices=State, default=State.DRAFT)
    due_on = models.DateField(_("Hạn gửi"))
    sent_on = models.DateField(_("Ngày gửi lần đầu"), null=True, blank=True)
    amendment = models.TextField(_("Lý do lập bản thay thế"), blank=True)

    rows: ClassVar[tuple[Row, ...]]
    """The table of ``states`` that says what may follow what."""

    class Meta:
        abstract = True

    @property
    def state_label(self) -> str:
        """Where it stands, in words; nobody accepts a consolidated report."""
        return str(State(self.state).label)

    @property
    def latest_edition(self) -> "Edition | None":
        """What was signed last; None before the first signature."""
        edition: Edition | None = self.editions.first()  # type: ignore[attr-defined]
        return edition

    def text(self, key: str) -> str:
        """What was written under one heading, "" for nothing. Raises KeyError for no heading."""
        if key not in KEYS:
            raise KeyError(key)
        return str(self.sections.get(key, ""))

    @property
    def is_delivered(self) -> bool:
        """Sent and not returned. One that is being amended after sending still counts as sent."""
        rewritten = self.state in (State.DRAFT, State.SIGNED) and self.sent_on is not None
        return self.state in DELIVERED or rewritten

    def days_late(self, on: date) -> int:
        """Days after ``due_on`` (0 = in time): of the first sending, or until ``on`` while it is
        not delivered. A returned report counts as sent on its first day once it comes back."""
        reached = self.sent_on if self.is_delivered and self.sent_on else on
        return max((reached - self.due_on).days, 0)


# Sent and not returned; one being rewritten after it was sent still counts as sent.
_REWRITTEN = Q(state__in=(State.DRAFT, State.SIGNED), sent_on__isnull=False)
_DELIVERED = Q(state__in=DELIVERED) | _REWRITTEN


def _late(on: date) -> Q:
    """Sent after the last day in time, or still missing after it."""
    return (~_DELIVERED & Q(due_on__lt=on)) | Q(sent_on__gt=F("due_on"))


class UnitReportQuerySet(DocumentQuerySet["UnitReport"]):
    def delivered(self) -> Self:
        """Sent and not returned; see ``Document.is_delivered``."""
        return self.filter(_DELIVERED)

    def of_communes(self) -> Self:
        return self.filter(office=Office.COMMUNE)

    def of_offices(self) -> Self:
        """Of the offices and unions of a district or area."""
        return self.exclude(office=Office.COMMUNE)

    def in_order(self) -> Self:
        """Communes by code, then the offices in the order in which they were called."""
        communes_first = models.Case(
            models.When(office=Office.COMMUNE, then=0), default=1,
            output_field=models.IntegerField(),
        )  # fmt: skip
        return self.order_by(communes_first, "unit__code", "pk")

    def undelivered(self) -> Self:
        return self.filter(~_DELIVERED)

    def at_home(self) -> Self:
        """With the body that owes them: to be written, signed, sent or mended."""
        return self.exclude(state__in=DELIVERED)

    def waiting(self) -> Self:
        """Sent, and neither accepted nor returned."""
        return self.filter(state=State.SENT)

    def late(self, on: date) -> Self:
        """Sent after the last day in time, or still missing after it."""
        return self.filter(_late(on))

    def counts(self, on: date) -> dict[str, int]:
        """How many are owed, delivered, waiting to be accepted, late: in one query."""
        return self.order_by().aggregate(
            owed=models.Count("pk"),
            delivered=models.Count("pk", filter=_DELIVERED),
            waiting=models.Count("pk", filter=Q(state=State.SENT)),
            late=models.Count("pk", filter=_late(on)),
        )


class UnitReport(Document):
    """Báo cáo năm of one commune, or of one office or organisation (365/KH-UBND, end of part IV).

    ``office`` is the duty in the plan ("ubnd_xa", "gddt"): whoever holds it on a day reports.
    """

    office = models.CharField(_("Vai trong kế hoạch"), max_length=20)
    name = models.CharField(_("Đơn vị báo cáo"), max_length=200)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Cơ quan"),
    )  # fmt: skip
    return_reason = models.TextField(_("Lý do trả lại"), blank=True)

    rows = REPORT_MOVES
    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo năm")
        verbose_name_plural = _("báo cáo năm")
        indexes = [models.Index(fields=["-year", "state"], name="unit_report_year_state")]
        constraints = [
            # "Các phòng, ban, ngành liên quan" are several bodies with one duty.
            models.UniqueConstraint(
                fields=["unit", "office", "organisation", "year"], nulls_distinct=False,
                name="unit_report_once_a_year",
            ),
            models.CheckConstraint(
                name="unit_report_state_is_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(name="unit_report_year_is_sensible", condition=YEAR_IS_SENSIBLE),
            models.CheckConstraint(
                name="unit_report_sent_has_day",
                condition=~Q(state__in=(*DELIVERED, State.RETURNED)) | Q(sent_on__isnull=False),
            ),
            models.CheckConstraint(
                name="unit_report_returned_has_reason",
                condition=~Q(state=State.RETURNED) | ~Q(return_reason=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.name}, {self.year}"


class ConsolidationQuerySet(DocumentQuerySet["Consolidation"]):
    pass


class Consolidation(Document):
    """Báo cáo tổng hợp of the standing body for the whole area and one year."""

    rows = CONSOLIDATION_MOVES
    objects = ConsolidationQuerySet.as_manager()

    @property
    def state_label(self) -> str:
        return gettext("Đã gửi") if self.state == State.SENT else super().state_label

    class Meta:
        verbose_name = _("báo cáo tổng hợp")
        verbose_name_plural = _("báo cáo tổng hợp")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="consolidation_once_a_year"),
            models.CheckConstraint(
                name="consolidation_state_is_known",
                condition=Q(state__in=[str(state) for state in CONSOLIDATION_STATES]),
            ),
            models.CheckConstraint(
                name="consolidation_year_is_sensible", condition=YEAR_IS_SENSIBLE
            ),
            models.CheckConstraint(
                name="consolidation_sent_has_day",
                condition=~Q(state=State.SENT) | Q(sent_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.year}"


OF_ONE_DOCUMENT = Q(report__isnull=False, consolidation__isnull=True) | Q(
    report__isnull=True, consolidation__isnull=False
)


class OfDocument(Scoped):
    """A row about one unit's report or about one consolidated report."""

    report = models.ForeignKey(
        UnitReport, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )
    consolidation = models.ForeignKey(
        Consolidation, models.PROTECT, null=True, blank=True, related_name="%(class)ss"
    )

    class Meta:
        abstract = True


def seal(
    document: Mapping[str, Any], figures: Sequence[Mapping[str, Any]], definition_hash: str
) -> str:
    """SHA-256 of what is signed, whatever the order of its keys in the database."""
    written = json.dumps(
        [document, figures, definition_hash], ensure_ascii=False, sort_keys=True,
        separators=(",", ":"),
    )  # fmt: skip
    return hashlib.sha256(written.encode()).hexdigest()


class EditionQuerySet(ScopedQuerySet["Edition"]):
    view_permission = "reports.view"

    def numbers_of(self, unit: Unit, symbol: str, year: int) -> Self:
        """Editions numbered in the same register (NĐ 30/2020, Điều 15: one calendar year)."""
        return self.filter(unit=unit, symbol=symbol, signed_on__year=year)


class Edition(OfDocument):
    """What was signed: the whole report as it was that day. The database lets nobody change it.

    ``document`` is ``annual.to_json``; ``figures`` are the ``TargetResult``s it was made from.
    """

    version = models.PositiveSmallIntegerField(_("Bản"))
    number = models.PositiveIntegerField(_("Số"))
    symbol = models.CharField(
        _("Ký hiệu"), max_length=24, validators=[RegexValidator(SYMBOL)], default="BC-UBND"
    )
    signed_on = models.DateField(_("Ngày ký"))
    signer_name = models.CharField(_("Người ký"), max_length=120)
    signer_position = models.CharField(_("Chức vụ"), max_length=120)
    signed_by = models.CharField(_("Tài khoản ký"), max_length=200)
    reason = models.TextField(_("Lý do thay thế bản trước"), blank=True)
    document = models.JSONField(_("Báo cáo đã chốt"))
    figures = models.JSONField(_("Số liệu đã chốt"), default=list)
    definition_hash = models.CharField(_("Mã băm của định nghĩa"), max_length=64)
    sha256 = models.CharField(_("Mã băm của báo cáo"), max_length=64)
    frozen_at = models.DateTimeField(_("Chốt lúc"), default=now)

    objects = EditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản đã ký")
        verbose_name_plural = _("bản đã ký")
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(name="edition_of_one_document", condition=OF_ONE_DOCUMENT),
            models.UniqueConstraint(fields=["report", "version"], name="edition_of_report_once"),
            models.UniqueConstraint(
                fields=["consolidation", "version"], name="edition_of_consolidation_once"
            ),
            models.UniqueConstraint(
                "unit", "symbol", "number", ExtractYear("signed_on"),
                name="edition_number_is_unique_in_its_year",
            ),
            models.CheckConstraint(
                name="edition_further_one_has_reason", condition=Q(version=1) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="edition_is_numbered_and_signed",
                condition=Q(number__gte=1) & ~Q(signer_name="") & ~Q(signer_position=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number:02d}/{self.symbol}"

    @property
    def annual(self) -> AnnualReport:
        """The report as it was signed."""
        return from_json(self.document)

    @property
    def is_intact(self) -> bool:
        """Whether report and figures are still those that were sealed."""
        return seal(self.document, self.figures, self.definition_hash) == self.sha256


class Move(OfDocument):
    """One step in the life of a report: appended by actions, never edited."""

    step = models.CharField(_("Bước"), max_length=10, choices=Step)
    target = models.CharField(_("Tình trạng"), max_length=10, choices=State)
    on = models.DateField(_("Ngày"))
    at = models.DateTimeField(_("Ghi lúc"), auto_now_add=True)
    by_name = models.CharField(_("Người ghi"), max_length=200)
    note = models.TextField(_("Ghi chú"), blank=True)

    class Meta:
        verbose_name = _("bước của báo cáo")
        verbose_name_plural = _("bước của báo cáo")
        constraints = [
            models.CheckConstraint(name="report_move_of_one_document", condition=OF_ONE_DOCUMENT)
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.on:%d/%m/%Y}"


class PublicationQuerySet(models.QuerySet["Publication"]):
    def standing(self) -> Self:
        """Those that are public now."""
        return self.filter(withdrawn_on__isnull=True)


class Publication(models.Model):
    """Figures of a sent consolidated report that anybody may read: small cells already hidden."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="publications")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Địa bàn"))
    unit_name = models.CharField(_("Địa bàn"), max_length=120)
    year = models.PositiveSmallIntegerField(_("Năm"))
    document = models.CharField(_("Báo cáo"), max_length=60)
    figures = models.JSONField(_("Số liệu công bố"))
    published_on = models.DateField(_("Ngày công bố"))
    withdrawn_on = models.DateField(_("Thôi công bố ngày"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu công bố")
        verbose_name_plural = _("số liệu công bố")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], condition=Q(withdrawn_on__isnull=True),
                name="publication_one_stands",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.unit_name}, {self.year}"
