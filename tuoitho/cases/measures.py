"""What became of each measure of a plan: the services and referrals that answer it (Điều 29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from tuoitho.cases.exchange_states import ReferralState
from tuoitho.cases.models import Case, PlanMeasure, Referral, Service, SupportPlan
from tuoitho.cases.models.plan import Decision
from tuoitho.cases.turns import STEPS, WHO
from tuoitho.lib.due import DueItem
from tuoitho.lib.hanoi import today

# An answer that did not come: the measure waits for another one.
FAILED = (ReferralState.REFUSED, ReferralState.TAKEN_BACK)

# What ``measures_of`` needs of a case that is asked with its rows: receivers in the same query.
REFERRALS = Prefetch("referrals", Referral.objects.select_related("receiver"))


@dataclass(frozen=True)
class Measure:
    """A measure with what answers it. ``may_begin``: of the plan in force."""

    row: PlanMeasure
    services: list[Service]
    referrals: list[Referral]
    may_begin: bool

    @property
    def is_begun(self) -> bool:
        asked = any(referral.state not in FAILED for referral in self.referrals)
        return bool(self.services) or asked

    def is_late(self, day: date) -> bool:
        """Its first day is over and nothing has begun."""
        start = self.row.starts_on
        return self.may_begin and not self.is_begun and start is not None and start < day

    @property
    def late(self) -> bool:
        return self.is_late(today())


def plan_in_force(plans: Iterable[SupportPlan]) -> SupportPlan | None:
    """The latest version that was approved."""
    approved = [plan for plan in plans if plan.decision == Decision.APPROVED]
    return max(approved, key=lambda plan: plan.version, default=None)


def measures_of(case: Case, plan: SupportPlan | None) -> list[Measure]:
    """The measures of one version, in their order. ``case`` may come with its rows prefetched."""
    if plan is None:
        return []
    in_force = plan_in_force(case.plans.all())
    begin = case.is_open and in_force is not None and in_force.pk == plan.pk
    referrals = list(case.referrals.all())
    referred = {referral.service_id for referral in referrals}
    # The service of a referral is told with the referral.
    services = [service for service in case.services.all() if service.pk not in referred]
    return [
        Measure(
            row,
            [service for service in services if service.measure_id == row.pk],
            [referral for referral in referrals if referral.measure_id == row.pk],
            begin,
        )
        for row in plan.measures.all()
    ]


def measures_due(case: Case) -> list[DueItem]:
    """Measures of the plan in force whose first day is over and that have not begun, as rows of
    what is due on the page of the case."""
    plan = plan_in_force(case.plans.all())
    late = [m.row for m in measures_of(case, plan) if m.is_late(today())]
    return [
        DueItem(
            what=_("Bắt đầu: %(what)s") % {"what": row.get_kind_display()}, subject=str(case),
            due=row.starts_on, url_name="cases:case_detail", url_args=(case.pk,),
            basis=_("kế hoạch của trẻ (khoản 3 Điều 28)"), kind="service",
            who=str(WHO[STEPS["service"].permission]),
            done_by=_("Bắt đầu dịch vụ hoặc chuyển gửi từ kế hoạch"),
        )
        for row in late if row.starts_on is not None
    ]  # fmt: skip


def measures_to_begin(case: Case) -> QuerySet[PlanMeasure]:
    """Measures of the case's plan in force."""
    plan = plan_in_force(case.plans.all())
    rows = PlanMeasure.objects.filter(plan=plan) if plan else PlanMeasure.objects.none()
    found: QuerySet[Any] = rows.order_by("pk")
    return found


def check_measure(case: Case, measure: PlanMeasure | None) -> None:
    """A service or referral may begin only what the plan in force says. Raises ValidationError."""
    if measure is None:
        return
    if not measures_to_begin(case).filter(pk=measure.pk).exists():
        raise ValidationError(_("Biện pháp này không thuộc kế hoạch đang có hiệu lực của hồ sơ."))
