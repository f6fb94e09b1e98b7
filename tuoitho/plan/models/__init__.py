"""The nouns of a programme: its rows, what is reported on its tasks, its register and calendar."""

from tuoitho.plan.models.programme import (
    Objective,
    Office,
    Programme,
    ProgrammeQuerySet,
    Row,
    RowQuerySet,
)
from tuoitho.plan.models.register import Document, DocumentQuerySet, SwappedDay
from tuoitho.plan.models.targets import Target, TargetPart, TargetPartQuerySet, Threshold
from tuoitho.plan.models.tasks import Task, TaskQuerySet, TaskReport, TaskReportQuerySet

__all__ = [
    "Document",
    "DocumentQuerySet",
    "Objective",
    "Office",
    "Programme",
    "ProgrammeQuerySet",
    "Row",
    "RowQuerySet",
    "SwappedDay",
    "Target",
    "TargetPart",
    "TargetPartQuerySet",
    "Task",
    "TaskQuerySet",
    "TaskReport",
    "TaskReportQuerySet",
    "Threshold",
]
