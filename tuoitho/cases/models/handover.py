"""A case offered to another commune, and what became of the offer."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tuoitho.access.models import NOWHERE, Scope
from tuoitho.cases.exchange_states import HandoverState
from tuoitho.cases.models.case import Case
from tuoitho.cases.models.sight import HasLead, listed_cases
from tuoitho.lib.fields import EncryptedTextField
from tuoitho.lib.hanoi import now
from tuoitho.units.models import Unit


def _either(scope: Scope) -> Q:
    return scope.covers("from_unit_id") | scope.covers("to_unit_id")


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Any) -> Self:
        """Both communes see the offer; of a sealed case, those its list names, and without a lead
        the holders of seals in one of them."""
        if not getattr(user, "pk", None):
            return self.none()
        opens = user.scope("cases.sealed") if user.may("cases.sealed") else NOWHERE
        seen = Q(sealed=False) & _either(user.scope("cases.view"))
        seen |= Q(sealed=True, case_id__in=sorted(listed_cases(user)))
        if opens:
            seen |= Q(sealed=True) & ~Q(HasLead(F("case"))) & _either(opens)
        return self.filter(seen)

    def waiting(self) -> Self:
        return self.filter(state=HandoverState.OFFERED)

    def overdue(self, day: date) -> Self:
        return self.waiting().filter(answer_due_on__lt=day)


class Handover(models.Model):
    """An offer of a case. It says nothing of the child: it is also the sender's receipt after the
    case has left its sight. ``to_unit`` is empty when the child leaves the area; ``to_place`` then
    names where to, and the papers go by hand.

    ``sealed`` is the case's; a foreign key with ON UPDATE CASCADE keeps it true (migration).
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="handovers")
    sealed = models.BooleanField(default=False, editable=False)
    from_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("Nơi bàn giao")
    )
    to_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Nơi nhận")
    )
    to_place = models.CharField(_("Nơi nhận ngoài địa bàn"), max_length=200, blank=True)
    state = models.CharField(
        _("Tình trạng"), max_length=10, choices=HandoverState, default=HandoverState.OFFERED
    )
    offered_on = models.DateField(_("Ngày đề nghị"))
    answer_due_on = models.DateField(_("Hạn trả lời"))
    answered_on = models.DateField(_("Ngày trả lời"), null=True, blank=True)
    offered_by = models.CharField(_("Người đề nghị"), max_length=200)
    answered_by = models.CharField(_("Người trả lời"), max_length=200, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        verbose_name = _("bàn giao hồ sơ")
        constraints = [
            models.CheckConstraint(
                name="handover_state_is_known", condition=Q(state__in=HandoverState.values)
            ),
            models.CheckConstraint(
                name="handover_goes_somewhere",
                condition=(Q(to_unit__isnull=False) & Q(to_place=""))
                | (Q(to_unit=None) & ~Q(to_place="")),
            ),
            models.CheckConstraint(
                name="handover_answer_has_day",
                condition=Q(state="offered", answered_on=None)
                | (~Q(state="offered") & Q(answered_on__isnull=False)),
            ),
            models.UniqueConstraint(
                name="handover_one_waiting", fields=["case"], condition=Q(state="offered")
            ),
        ]
        indexes = [
            models.Index(fields=["from_unit", "state"], name="handover_from"),
            models.Index(fields=["to_unit", "state"], name="handover_to"),
        ]

    def __str__(self) -> str:
        return f"{self.from_unit} → {self.where_to}"

    @property
    def where_to(self) -> str:
        return str(self.to_unit) if self.to_unit_id else self.to_place

    @property
    def is_waiting(self) -> bool:
        return self.state == HandoverState.OFFERED

    @property
    def leaves_area(self) -> bool:
        return self.to_unit_id is None


class HandoverBundleQuerySet(models.QuerySet["HandoverBundle"]):
    def visible_to(self, user: Any) -> Self:
        """For who sees the case; and, while the offer stands, for who may take it over."""
        if not getattr(user, "pk", None):
            return self.none()
        takes, opens = user.scope("cases.transfer"), NOWHERE
        if user.may("cases.sealed"):
            opens = user.scope("cases.sealed")
        offered = Q(handover__state=HandoverState.OFFERED)
        mine = offered & Q(handover__sealed=False) & _to(takes)
        sealed = offered & Q(handover__sealed=True)
        mine |= sealed & Q(handover__case_id__in=sorted(listed_cases(user)))
        if opens:
            mine |= sealed & ~Q(HasLead(F("handover__case"))) & _to(opens)
        seen = Handover.objects.filter(case__in=Case.objects.visible_to(user))
        return self.filter(mine | Q(handover__in=seen))


def _to(scope: Scope) -> Q:
    return Q(handover__to_unit__isnull=False) & scope.covers("handover__to_unit_id")


class HandoverBundle(models.Model):
    """What is handed over, as it was on the day of the offer: for the sender until the case has
    gone, for the receiver from the offer on (``contents``: sections as JSON)."""

    handover = models.OneToOneField(Handover, models.CASCADE, related_name="bundle")
    contents = EncryptedTextField(_("Nội dung"))
    note = EncryptedTextField(_("Lời của nơi bàn giao"), blank=True)
    answer = EncryptedTextField(_("Lời của nơi nhận"), blank=True)
    sharing = models.CharField(_("Căn cứ chia sẻ"), max_length=300, blank=True)
    made_at = models.DateTimeField(default=now)

    objects = HandoverBundleQuerySet.as_manager()

    class Meta:
        verbose_name = _("tập hồ sơ bàn giao")

    def __str__(self) -> str:
        return str(self.handover)
