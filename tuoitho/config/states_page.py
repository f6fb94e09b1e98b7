"""``docs/states.md``: the life of whatever has one, room by room, from the tables of steps."""

from django.db.models import TextChoices
from django.utils.translation import override

from tuoitho.activities import states as activities
from tuoitho.budget import states as budget
from tuoitho.cases import exchange_states as exchange
from tuoitho.cases import states as cases
from tuoitho.cases.deadlines import packaged_rules
from tuoitho.inspections import states as inspections
from tuoitho.lib.steps import Move
from tuoitho.lib.steps_markdown import markdown_table, steps_markdown
from tuoitho.reports import states as reports
from tuoitho.rounds import states as rounds

HEAD = """# Bước nào được theo sau bước nào

Viết từ `states.py` của từng phần, `tuoitho/cases/exchange_states.py` và
`tuoitho/cases/data/time_limits.yaml`; đừng sửa tay. Bước không có trong bảng thì không làm được.
"""
DECREE = "Điều khoản không ghi văn bản là của Nghị định 56/2017/NĐ-CP.\n"
OWN = "“Chính đơn vị”: chỉ người của đơn vị có báo cáo.\n"
UNITS = {
    "clock_hours": "giờ", "working_days": "ngày làm việc", "calendar_days": "ngày",
}  # fmt: skip
SIDES = {"sender": "nơi gửi", "receiver": "nơi nhận"}


def states_page() -> str:
    """Markdown: the diagram and the steps of each life, and the time limits of a case."""
    with override("vi"):
        parts = [
            HEAD, "## Hồ sơ\n", DECREE, _case(), "### Thời hạn\n", _limits(),
            "## Chuyển tiếp đến cơ quan khác\n",
            _between(exchange.REFERRAL_MOVES, exchange.ReferralState.OFFERED),
            "## Đồng ý chia sẻ thông tin\n",
            _between(exchange.CONSENT_MOVES, exchange.ConsentState.GIVEN,
                     exchange.ConsentState.REFUSED),
            "## Bàn giao hồ sơ\n",
            _between(exchange.HANDOVER_MOVES, exchange.HandoverState.OFFERED),
            "## Đợt rà soát\n", _named(rounds.MOVES, rounds.State.DRAFTED),
            "## Cuộc kiểm tra\n", _named(inspections.MOVES, inspections.State.PLANNED),
            "## Hoạt động\n", _named(activities.MOVES, activities.State.PLANNED),
            "## Dòng kinh phí\n", _named(budget.MOVES, budget.State.DRAFTED),
            "## Báo cáo năm của đơn vị\n", OWN,
            _report(reports.REPORT_MOVES, reports.State.OWED),
            "## Báo cáo tổng hợp\n", _report(reports.CONSOLIDATION_MOVES, reports.State.DRAFT),
        ]  # fmt: skip
    return "\n".join(parts).rstrip("\n") + "\n"


def _named(moves: tuple[Move[TextChoices, TextChoices], ...], start: TextChoices) -> str:
    """A life whose steps are a closed list: the button says the words of the step."""
    return steps_markdown(moves, start, label=lambda m: m.name.label)


def _case() -> str:
    return steps_markdown(
        cases.MOVES, cases.State.OPENED, label=lambda m: m.label, more=[("Chỉ khi", _only)]
    )


def _only(move: cases.Move) -> str:
    if move.urgent_only:
        return "đã có biện pháp khẩn cấp"
    return "trẻ 16–17 tuổi" if move.outside_only else ""


def _between(moves: tuple[exchange.Move, ...], *starts: TextChoices) -> str:
    return steps_markdown(
        moves, *starts, label=lambda m: m.label, more=[("Ai", lambda m: SIDES[m.side])]
    )


def _report(moves: tuple[reports.Move, ...], start: reports.State) -> str:
    return steps_markdown(
        moves, start, label=lambda m: m.name.label,
        more=[("Ai", lambda m: "chính đơn vị" if m.own else "cơ quan thường trực")],
    )  # fmt: skip


def _limits() -> str:
    headings = ["Việc", "Thời hạn", "Tính từ", "Xong khi", "Ai", "Căn cứ", "Chắc chắn"]
    rows = [
        [r.what, "ngay" if not r.amount else f"{r.amount} {UNITS[r.unit]}", r.starts, r.stops,
         r.who, r.basis, r.surety]
        for r in packaged_rules()
    ]  # fmt: skip
    return markdown_table(headings, rows)
