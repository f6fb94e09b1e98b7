"""A plan answers what was assessed: each need has a measure, or a reason why not (Điều 28.3)."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tuoitho.cases.models import Assessment, Case, Need, SupportPlan, UnmetNeed
from tuoitho.cases.models.needs import TEXTS


def latest_assessment(case: Case) -> Assessment | None:
    """The Mẫu 03 that counts, None before one."""
    return case.assessments.order_by("-version").first()


def rest_on(plan: SupportPlan, case: Case) -> dict[str, str]:
    """Bind the draft to the latest Mẫu 03; its blocks, and the needs as one text ({}: none)."""
    assessment = latest_assessment(case)
    plan.assessment = assessment
    if assessment is None:
        return {}
    blocks = {name: getattr(assessment, name) for name in TEXTS}
    needs = [
        f"{need.get_kind_display()} ({need.get_severity_display().lower()}): {need.what}"
        for need in assessment.needs.all()
    ]
    return {**blocks, "needs": "\n".join(needs)}


def check_need(plan: SupportPlan, need: Need | None, number: int) -> None:
    """A measure may answer only a need of the assessment its plan rests on."""
    if need is not None and need.assessment_id != plan.assessment_id:
        raise ValidationError(
            {"measures": _("Dòng %(n)s: nhu cầu này không thuộc lần đánh giá mới nhất.")
             % {"n": number}}
        )  # fmt: skip


def explain_needs(plan: SupportPlan, unmet: Mapping[int, str]) -> None:
    """Keep why needs have no measure; needs of another assessment and empty reasons are dropped."""
    plan.unmet.all().delete()
    if plan.assessment is None:
        return
    mine = set(plan.assessment.needs.values_list("pk", flat=True))
    UnmetNeed.objects.bulk_create(
        UnmetNeed(plan=plan, need_id=key, why=why.strip())
        for key, why in unmet.items()
        if key in mine and why.strip()
    )


def unanswered(plan: SupportPlan) -> list[Need]:
    """Needs of the plan's assessment with neither measure nor reason."""
    if plan.assessment is None:
        return []
    measured = {row.need_id for row in plan.measures.all()}
    explained = {row.need_id for row in plan.unmet.all()}
    needs = plan.assessment.needs.all()
    return [need for need in needs if need.pk not in measured | explained]


def check_answers(case: Case, plan: SupportPlan) -> None:
    """Raises ValidationError while a need is left open, or a newer Mẫu 03 has come since."""
    latest = latest_assessment(case)
    if latest is not None and latest.pk != plan.assessment_id:
        raise ValidationError(
            _("Đã có đánh giá mới hơn (%(what)s); hãy cập nhật dự thảo trước khi trình.")
            % {"what": latest}
        )
    missing = unanswered(plan)
    if missing:
        raise ValidationError(
            _("Nhu cầu chưa có biện pháp, cũng chưa ghi vì sao: %(needs)s.")
            % {"needs": "; ".join(map(str, missing))}
        )
