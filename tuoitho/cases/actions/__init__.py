"""Everything that changes a report, a screening or a case, in the order of the story."""

from tuoitho.cases.actions.assessing import assess_emergency
from tuoitho.cases.actions.assigning import assign_case, remind
from tuoitho.cases.actions.attaching import attach_file, read_file, withdraw_file
from tuoitho.cases.actions.ceasing import record_cessation, verify_cessation
from tuoitho.cases.actions.consenting import record_basis, record_consent, review_override
from tuoitho.cases.actions.directing import list_provider, set_policy, unlist_provider
from tuoitho.cases.actions.emergencies import (
    decide_emergency,
    end_emergency,
    inform_party,
    record_court_answer,
    request_court,
)
from tuoitho.cases.actions.ending import close_case, reopen_case, review_case
from tuoitho.cases.actions.handing_over import (
    accept_handover,
    may_answer_handover,
    offer_handover,
    refuse_handover,
    take_back_handover,
)
from tuoitho.cases.actions.helping import end_service, record_visit, start_service
from tuoitho.cases.actions.joining import join_reports, separate_report
from tuoitho.cases.actions.limits import set_limit, set_parameter
from tuoitho.cases.actions.linking import answer_by_link, make_link
from tuoitho.cases.actions.needs import assess_needs, hold_meeting
from tuoitho.cases.actions.opening import attach_report, open_case, seal_case
from tuoitho.cases.actions.planning import (
    approve_plan,
    draft_plan,
    refuse_plan,
    start_support,
    submit_plan,
    support_urgently,
)
from tuoitho.cases.actions.printing import (
    file_of,
    may_print,
    print_document,
    replace_template,
    take_number,
)
from tuoitho.cases.actions.referring import (
    offer_referral,
    remind_receiver,
    take_back_referral,
)
from tuoitho.cases.actions.replying import accept_referral, finish_referral, refuse_referral
from tuoitho.cases.actions.reporting import (
    dismiss_report,
    link_report,
    receive_report,
    reveal_informant,
)
from tuoitho.cases.actions.screening import screen_child
from tuoitho.cases.actions.sealing import add_reader, end_reader, export_sealed, name_lead
from tuoitho.cases.actions.sending import (
    acknowledge_sending,
    forward_report,
    remind_of_sending,
    send_elsewhere,
    send_to_police,
)
from tuoitho.cases.actions.steps import move_case
from tuoitho.cases.actions.transferring import transfer_case
from tuoitho.cases.actions.withdrawing import acknowledge_withdrawal, withdraw_consent

__all__ = [
    "accept_handover",
    "accept_referral",
    "acknowledge_sending",
    "acknowledge_withdrawal",
    "add_reader",
    "answer_by_link",
    "approve_plan",
    "assess_emergency",
    "assess_needs",
    "assign_case",
    "attach_file",
    "attach_report",
    "close_case",
    "decide_emergency",
    "dismiss_report",
    "draft_plan",
    "end_emergency",
    "end_reader",
    "end_service",
    "export_sealed",
    "file_of",
    "finish_referral",
    "forward_report",
    "hold_meeting",
    "inform_party",
    "join_reports",
    "link_report",
    "list_provider",
    "make_link",
    "may_answer_handover",
    "may_print",
    "move_case",
    "name_lead",
    "offer_handover",
    "offer_referral",
    "open_case",
    "print_document",
    "read_file",
    "receive_report",
    "record_basis",
    "record_cessation",
    "record_consent",
    "record_court_answer",
    "record_visit",
    "refuse_handover",
    "refuse_plan",
    "refuse_referral",
    "remind",
    "remind_of_sending",
    "remind_receiver",
    "reopen_case",
    "replace_template",
    "request_court",
    "reveal_informant",
    "review_case",
    "review_override",
    "screen_child",
    "seal_case",
    "send_elsewhere",
    "send_to_police",
    "separate_report",
    "set_limit",
    "set_parameter",
    "set_policy",
    "start_service",
    "start_support",
    "submit_plan",
    "support_urgently",
    "take_back_handover",
    "take_back_referral",
    "take_number",
    "transfer_case",
    "unlist_provider",
    "verify_cessation",
    "withdraw_consent",
    "withdraw_file",
]
