"""Official papers of the procedure (Mẫu 01 to 07, NĐ 56/2017): number, versions, templates."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.case import Case
from tuoitho.cases.models.report import Report
from tuoitho.cases.models.sight import sight
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.lib.official_text import number_and_symbol
from tuoitho.units.models import Unit


class FormKind(models.TextChoices):
    MAU_01 = "mau_01", _("Mẫu 01: Báo cáo tiếp nhận thông tin")
    MAU_02 = "mau_02", _("Mẫu 02: Đánh giá nguy cơ ban đầu")
    MAU_03 = "mau_03", _("Mẫu 03: Thu thập thông tin, đánh giá nguy cơ cụ thể")
    MAU_04 = "mau_04", _("Mẫu 04: Tờ trình, dự thảo kế hoạch")
    MAU_05 = "mau_05", _("Mẫu 05: Quyết định phê duyệt kế hoạch")
    MAU_06 = "mau_06", _("Mẫu 06: Rà soát, đánh giá sau kế hoạch")
    MAU_07 = "mau_07", _("Mẫu 07: Quyết định biện pháp khẩn cấp, tạm thời cách ly")


class Circulation(models.TextChoices):
    """Level of confidentiality and circulation a report must state (NĐ 56/2017 Điều 24.3)."""

    INTERNAL = "internal", _("Lưu hành nội bộ")
    RETURN = "return", _("Xem xong trả lại")
    SECRET = "secret", _("Mật")


class Capacity(models.TextChoices):
    """In whose name a person signs (NĐ 30/2020, Phụ lục I, mục II.7)."""

    OWN = "own", _("Ký theo chức danh của mình")
    TM = "tm", _("TM. Ủy ban nhân dân")
    KT = "kt", _("KT. Chủ tịch")
    TL = "tl", _("TL. Chủ tịch")
    TUQ = "tuq", _("TUQ. Chủ tịch")


class NumberRegister(models.Model):
    """The last number given by one issuer to one kind of document in one calendar year (NĐ 30/2020
    Điều 15). Its row is locked while a number is taken."""

    issuer = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("Cơ quan"))
    symbol = models.CharField(_("Ký hiệu"), max_length=20)
    year = models.PositiveSmallIntegerField(_("Năm"))
    last = models.PositiveIntegerField(_("Số cuối"), default=0)

    class Meta:
        verbose_name = _("sổ đăng ký văn bản")
        constraints = [
            models.UniqueConstraint(
                name="register_once_a_year", fields=["issuer", "symbol", "year"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.year}: {self.last}"


class FormTemplate(models.Model):
    """A Word template an administrator put in place of ours; the last one of its kind is used."""

    kind = models.CharField(_("Biểu mẫu"), max_length=8, choices=FormKind)
    version = models.PositiveSmallIntegerField(_("Lần thay"))
    file = models.BinaryField(_("Tệp Word"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("Tải lên lúc"), default=now)
    uploaded_by = models.CharField(_("Người tải lên"), max_length=200)
    note = models.CharField(_("Thay đổi gì"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("mẫu Word")
        constraints = [
            models.UniqueConstraint(name="form_template_version_once", fields=["kind", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.version})"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, user: Any) -> Self:
        """Seen exactly when the case, or the report, is."""
        of_case = Q(case__isnull=False) & sight(
            user, unit="case__unit", sealed="case__sealed", case="case"
        )
        of_report = Q(report__isnull=False) & sight(
            user, unit="report__unit", sealed="report__sealed", case="report__case"
        )
        return self.filter(of_case | of_report)


class Document(models.Model):
    """One numbered paper about one report or case; what was printed of it are its versions."""

    kind = models.CharField(_("Biểu mẫu"), max_length=8, choices=FormKind)
    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="documents",
        verbose_name=_("Hồ sơ"),
    )  # fmt: skip
    report = models.ForeignKey(
        Report, models.CASCADE, null=True, blank=True, related_name="documents",
        verbose_name=_("Tin báo"),
    )  # fmt: skip
    # Which plan, assessment, measure or review of the case it tells of; 0 for a report.
    subject_key = models.BigIntegerField(default=0)
    issuer = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Cơ quan ban hành")
    )
    number = models.PositiveIntegerField(_("Số"))
    symbol = models.CharField(_("Ký hiệu"), max_length=20)
    year = models.PositiveSmallIntegerField(_("Năm"))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        constraints = [
            models.CheckConstraint(
                name="document_of_case_or_report",
                condition=Q(case__isnull=False, report=None) | Q(case=None, report__isnull=False),
            ),
            models.CheckConstraint(
                name="document_form_is_known", condition=Q(kind__in=FormKind.values)
            ),
            models.UniqueConstraint(
                name="document_number_once", fields=["issuer", "symbol", "year", "number"]
            ),
            models.UniqueConstraint(
                name="document_once_for_a_subject", fields=["case", "kind", "subject_key"]
            ),
            models.UniqueConstraint(name="document_once_for_a_report", fields=["report", "kind"]),
        ]

    def __str__(self) -> str:
        return number_and_symbol(self.number, self.symbol)


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def visible_to(self, user: Any) -> Self:
        """Seen when its document is; one that names who told, only by who may open that."""
        rows = self.filter(document__in=Document.objects.visible_to(user))
        scope = user.scope("cases.informant") if getattr(user, "pk", None) else None
        if scope is not None and scope.everywhere:
            return rows
        units = sorted(scope.unit_ids) if scope is not None else []
        return rows.filter(Q(shows_informant=False) | Q(document__report__unit_id__in=units))


class DocumentVersion(models.Model):
    """One printing, kept byte for byte: never changed, never deleted with a later one."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField(_("Bản"))
    made_at = models.DateTimeField(_("In lúc"), default=now)
    made_by = models.CharField(_("Người in"), max_length=200)
    signed_on = models.DateField(_("Ngày văn bản"))
    place = models.CharField(_("Địa danh"), max_length=60)
    capacity = models.CharField(_("Quyền hạn ký"), max_length=4, choices=Capacity)
    signer_title = models.CharField(_("Chức vụ người ký"), max_length=120)
    signer_name = models.CharField(_("Họ tên người ký"), max_length=120)
    circulation = models.CharField(_("Mức độ bảo mật"), max_length=8, choices=Circulation)
    recipients = models.TextField(_("Nơi nhận"), blank=True)
    answers = EncryptedTextField(_("Điều hỏi thêm"), blank=True)
    file = EncryptedTextField(_("Tệp Word (base64)"))
    size = models.PositiveIntegerField(_("Cỡ tệp"))
    sha256 = models.CharField(max_length=64)
    facts_sha256 = models.CharField(max_length=64)
    template_version = models.PositiveSmallIntegerField(_("Lần thay mẫu"), default=0)
    template_sha256 = models.CharField(max_length=64)
    shows_informant = models.BooleanField(_("Có ghi người báo tin"), default=False)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản in")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(name="document_version_once", fields=["document", "version"])
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.version})"
