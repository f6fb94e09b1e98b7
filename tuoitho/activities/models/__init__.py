"""Activities of the plan and whom they reached."""

from tuoitho.activities.models.activity import TASK_CODE, Activity, ActivityMove, ActivityQuerySet
from tuoitho.activities.models.reach import (
    EstablishmentReach,
    EstablishmentReachQuerySet,
    Reach,
    ReachQuerySet,
)

__all__ = [
    "TASK_CODE",
    "Activity",
    "ActivityMove",
    "ActivityQuerySet",
    "EstablishmentReach",
    "EstablishmentReachQuerySet",
    "Reach",
    "ReachQuerySet",
]
