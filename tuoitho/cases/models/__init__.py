"""The nouns of the room, a file a noun."""

from tuoitho.cases.levels import Level
from tuoitho.cases.models.assessment import FirstAssessment, Review
from tuoitho.cases.models.attachment import Attachment, AttachmentContent, AttachmentKind
from tuoitho.cases.models.case import Case, CaseMove, Category, Closing
from tuoitho.cases.models.cessation import Cessation, Relapse
from tuoitho.cases.models.clock import Clock, ClockChange, Escalation
from tuoitho.cases.models.clock import Outcome as ClockOutcome
from tuoitho.cases.models.consent import Consent, Ground, Manner, Party, Purpose, SharingBasis
from tuoitho.cases.models.directory import Policy, Provider
from tuoitho.cases.models.document import (
    Document,
    DocumentVersion,
    FormKind,
    FormTemplate,
    NumberRegister,
)
from tuoitho.cases.models.emergency import CourtRequest, EmergencyMeasure, EmergencyNotice
from tuoitho.cases.models.handover import Handover, HandoverBundle
from tuoitho.cases.models.informant import Informant
from tuoitho.cases.models.joining import ReportJoin
from tuoitho.cases.models.limit import Parameter, StepRule, Surety, UnitOfTime
from tuoitho.cases.models.needs import Assessment, Attendance, Need, NeedsMeeting
from tuoitho.cases.models.plan import PlanMeasure, SupportPlan, UnmetNeed
from tuoitho.cases.models.referral import (
    Referral,
    ReferralConsent,
    ReferralLink,
    ReferralMove,
    WithdrawalNotice,
)
from tuoitho.cases.models.report import Channel, Receipt, Report, ReportState, Sex
from tuoitho.cases.models.screening import Outcome, Screening, ScreeningWork
from tuoitho.cases.models.sealed import SealedReader
from tuoitho.cases.models.sending import ReportSending, SendingKind
from tuoitho.cases.models.support import Schooling, Service, ServiceKind, ServiceResult, Visit

__all__ = [
    "Assessment",
    "Attachment",
    "AttachmentContent",
    "AttachmentKind",
    "Attendance",
    "Case",
    "CaseMove",
    "Category",
    "Cessation",
    "Channel",
    "Clock",
    "ClockChange",
    "ClockOutcome",
    "Closing",
    "Consent",
    "CourtRequest",
    "Document",
    "DocumentVersion",
    "EmergencyMeasure",
    "EmergencyNotice",
    "Escalation",
    "FirstAssessment",
    "FormKind",
    "FormTemplate",
    "Ground",
    "Handover",
    "HandoverBundle",
    "Informant",
    "Level",
    "Manner",
    "Need",
    "NeedsMeeting",
    "NumberRegister",
    "Outcome",
    "Parameter",
    "Party",
    "PlanMeasure",
    "Policy",
    "Provider",
    "Purpose",
    "Receipt",
    "Referral",
    "ReferralConsent",
    "ReferralLink",
    "ReferralMove",
    "Relapse",
    "Report",
    "ReportJoin",
    "ReportSending",
    "ReportState",
    "Review",
    "Schooling",
    "Screening",
    "ScreeningWork",
    "SealedReader",
    "SendingKind",
    "Service",
    "ServiceKind",
    "ServiceResult",
    "Sex",
    "SharingBasis",
    "StepRule",
    "SupportPlan",
    "Surety",
    "UnitOfTime",
    "UnmetNeed",
    "Visit",
    "WithdrawalNotice",
]
