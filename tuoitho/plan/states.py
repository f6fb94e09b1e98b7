"""The closed lists of the plan: what a row is, how far a task has come, kinds of documents."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ObjectiveKind(models.TextChoices):
    GENERAL = "general", _("Mục tiêu chung")
    SPECIFIC = "specific", _("Mục tiêu cụ thể")
    OUTLOOK = "outlook", _("Định hướng")


class PartRole(models.TextChoices):
    """Only a deciding part says whether the target is met; a breakdown merely divides it."""

    DECIDING = "deciding", _("Quyết định")
    BREAKDOWN = "breakdown", _("Chia nhỏ")


class PartDirection(models.TextChoices):
    """On which side of the threshold a result is good (``schema.Direction``)."""

    AT_LEAST = "at_least", _("ít nhất")
    AT_MOST_BELOW = "at_most_below", _("dưới")
    MINIMISE = "minimise", _("càng thấp càng tốt")


class TaskKind(models.TextChoices):
    LEAD = "lead", _("Chủ trì")
    COORDINATE = "coordinate", _("Phối hợp")


class Recurrence(models.TextChoices):
    YEARLY = "yearly", _("Hằng năm")
    ONCE = "once", _("Một lần")
    CONTINUOUS = "continuous", _("Thường xuyên")


class TaskState(models.TextChoices):
    """How far a task has come in one year. Any state may follow any: a report may be corrected."""

    NOT_STARTED = "not_started", _("Chưa thực hiện")
    IN_PROGRESS = "in_progress", _("Đang thực hiện")
    DONE = "done", _("Đã hoàn thành")


class DocumentKind(models.TextChoices):
    DIRECTIVE = "directive", _("Văn bản chỉ đạo")
    PLAN = "plan", _("Kế hoạch")
    DERIVED_PLAN = "derived_plan", _("Kế hoạch của xã, đơn vị")
    COORDINATION_RULE = "coordination_rule", _("Quy chế phối hợp")
    POLICY_PROPOSAL = "policy_proposal", _("Kiến nghị sửa đổi chính sách")
    COMMENDATION = "commendation", _("Quyết định khen thưởng")
    OTHER = "other", _("Văn bản khác")


# The standing body keeps the register; what a commune or office issues by itself it enters itself.
DOCUMENT_PERMISSION = {
    kind: "plan.report_task"
    if kind in (DocumentKind.DERIVED_PLAN, DocumentKind.POLICY_PROPOSAL)
    else "plan.manage"
    for kind in DocumentKind
}
