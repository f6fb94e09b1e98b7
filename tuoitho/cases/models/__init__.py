"""The nouns of the room, a file a noun."""

from tuoitho.cases.models.assessment import FirstAssessment, Level, Review
from tuoitho.cases.models.case import Case, CaseMove, Category, Closing
from tuoitho.cases.models.emergency import CourtRequest, EmergencyMeasure, EmergencyNotice
from tuoitho.cases.models.limit import Parameter, StepRule, Surety, UnitOfTime
from tuoitho.cases.models.plan import PlanMeasure, SupportPlan
from tuoitho.cases.models.report import Channel, Receipt, Report, ReportState, Sex
from tuoitho.cases.models.screening import Outcome, Screening, ScreeningWork
from tuoitho.cases.models.support import Schooling, Service, ServiceKind, ServiceResult, Visit

__all__ = [
    "Case",
    "CaseMove",
    "Category",
    "Channel",
    "Closing",
    "CourtRequest",
    "EmergencyMeasure",
    "EmergencyNotice",
    "FirstAssessment",
    "Level",
    "Outcome",
    "Parameter",
    "PlanMeasure",
    "Receipt",
    "Report",
    "ReportState",
    "Review",
    "Schooling",
    "Screening",
    "ScreeningWork",
    "Service",
    "ServiceKind",
    "ServiceResult",
    "Sex",
    "StepRule",
    "SupportPlan",
    "Surety",
    "UnitOfTime",
    "Visit",
]
