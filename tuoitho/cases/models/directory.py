"""Who helps with what (providers), and by which policy: dated data that officials keep."""

from datetime import date
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tuoitho.cases.models.limit import Surety
from tuoitho.cases.models.support import ServiceKind
from tuoitho.people.states import Group, Poverty
from tuoitho.units.models import Organisation, Unit


class ProviderQuerySet(models.QuerySet["Provider"]):
    def as_of(self, day: date) -> Self:
        """In the directory on that day."""
        return self.filter(valid__contains=day)

    def serving(self, unit: Unit) -> Self:
        """Whose area is ``unit`` or stands above it."""
        return self.filter(area__below__descendant=unit)

    def giving(self, kind: str) -> Self:
        return self.filter(kinds__contains=[kind])


class Provider(models.Model):
    """An organisation as a giver of services: of which kinds, where, how to reach it, how many it
    can take. What is written here is an office's own and open to all who work with cases."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("Cơ quan, cơ sở")
    )
    kinds = ArrayField(
        models.CharField(max_length=20, choices=ServiceKind), verbose_name=_("Loại dịch vụ")
    )
    area = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Địa bàn phục vụ")
    )
    contact = models.CharField(_("Đầu mối, địa chỉ"), max_length=300, blank=True)
    phone = models.CharField(_("Điện thoại cơ quan"), max_length=40, blank=True)
    email = models.EmailField(_("Thư điện tử cơ quan"), blank=True)
    capacity = models.PositiveIntegerField(
        _("Nhận được bao nhiêu trẻ, hộ cùng lúc"), null=True, blank=True
    )
    conditions = models.CharField(_("Điều kiện, cách tiếp nhận"), max_length=500, blank=True)
    valid = DateRangeField(_("Thời gian trong danh bạ"))

    objects = ProviderQuerySet.as_manager()

    class Meta:
        verbose_name = _("nơi cung cấp dịch vụ")
        constraints = [
            ExclusionConstraint(
                name="provider_listed_once_a_day",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="provider_gives_something", condition=~Q(kinds=[])),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def kinds_text(self) -> str:
        """The kinds in words."""
        return ", ".join(str(ServiceKind(kind).label) for kind in self.kinds)


class PolicyQuerySet(models.QuerySet["Policy"]):
    def in_force(self, day: date) -> Self:
        return self.filter(valid__contains=day)


class Policy(models.Model):
    """A policy a child or the family may ask for, from day to day, with its basis and how sure we
    are of it. The conditions are hints only: the competent body decides."""

    code = models.SlugField(_("Mã"), max_length=40)
    kind = models.CharField(_("Loại dịch vụ"), max_length=20, choices=ServiceKind)
    title = models.CharField(_("Chính sách"), max_length=200)
    what = models.TextField(_("Nội dung, cách đề nghị"), blank=True)
    basis = models.CharField(_("Căn cứ"), max_length=400)
    flag = models.CharField(
        _("Mức kiểm chứng"), max_length=2, choices=Surety, default=Surety.MEMORY
    )
    poverty = ArrayField(
        models.CharField(max_length=10, choices=Poverty), default=list, blank=True,
        verbose_name=_("Gợi ý cho hộ"),
    )  # fmt: skip
    groups = ArrayField(
        models.CharField(max_length=8, choices=Group), default=list, blank=True,
        verbose_name=_("Gợi ý cho nhóm hoàn cảnh đặc biệt"),
    )  # fmt: skip
    age_low = models.PositiveSmallIntegerField(_("Từ tuổi"), null=True, blank=True)
    age_high = models.PositiveSmallIntegerField(_("Đến hết tuổi"), null=True, blank=True)
    out_of_school = models.BooleanField(_("Gợi ý cho trẻ đã bỏ học"), default=False)
    valid = DateRangeField(_("Hiệu lực"))

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("chính sách")
        constraints = [
            ExclusionConstraint(
                name="policy_one_version_a_day",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
            models.CheckConstraint(
                name="policy_ages_in_order",
                condition=Q(age_low=None) | Q(age_high=None) | Q(age_low__lte=models.F("age_high")),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_unverified(self) -> bool:
        return self.flag == Surety.MEMORY
