"""Scene five: what passes between bodies: the directory, referrals in every state, consents, a
handover that waits."""

from dataclasses import dataclass
from datetime import date, timedelta

from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.models import Case, Referral
from tuoitho.cases.sharing import Claim
from tuoitho.cases.states import State
from tuoitho.demo.cast import SHORT
from tuoitho.demo.stage import Stage
from tuoitho.units.actions import create_organisation
from tuoitho.units.models import Organisation, OrganisationKind, Unit

SINCE = date(2025, 7, 1)
DUTY = Claim("state_duty", "Thực hiện kế hoạch hỗ trợ, can thiệp của trẻ")
PROVIDERS = (
    ("Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên (demo)", ("vocational",), 40),
    ("Trung tâm Dịch vụ việc làm (demo)", ("job",), None),
    ("Phòng giao dịch Ngân hàng Chính sách xã hội (demo)", ("loan",), None),
    ("Trung tâm Công tác xã hội (demo)", ("psychology", "care", "social_assistance"), 25),
    ("Trung tâm Trợ giúp pháp lý (demo)", ("legal_aid",), None),
    ("Trung tâm Y tế (demo)", ("health",), None),
)  # fmt: skip


@dataclass
class Desk:
    """The people and places of one commune."""

    unit: Unit
    worker: User
    chair: User
    school: Organisation
    cases: list[Case]


def cooperate(stage: Stage) -> None:
    """Fill the directory, then refer, agree and hand over in every commune."""
    with stage.acting():
        helpers = _make_directory(stage)
        desks = [_desk(stage, unit) for unit in stage.new_communes]
    for desk in desks:
        with stage.acting():
            if desk.cases:
                _refer(stage, desk, helpers)
                _agree(stage, desk)
    with stage.acting():
        _offer(desks, stage.today)


def _make_directory(stage: Stage) -> list[Organisation]:
    helpers = []
    for name, kinds, capacity in PROVIDERS:
        body = create_organisation(name, OrganisationKind.PROVIDER, stage.area, by=stage.system)
        actions.list_provider(
            body, kinds=kinds, area=stage.area, by=stage.system, on=SINCE, capacity=capacity,
            contact="Bộ phận tiếp nhận (demo)", conditions="Gọi trước khi đưa trẻ đến",
        )  # fmt: skip
        helpers.append(body)
    actions.list_provider(
        stage.offices["phunu"], kinds=["livelihood", "loan"], area=stage.area, by=stage.system,
        on=SINCE,
    )  # fmt: skip
    for unit in stage.new_communes:
        for school in stage.schools[unit.pk]:
            actions.list_provider(school, kinds=["education"], area=unit, by=stage.system, on=SINCE)
    return helpers


def _desk(stage: Stage, unit: Unit) -> Desk:
    worker = User.objects.get(username=f"canbo.{SHORT[unit.code]}")
    chair = User.objects.get(username=f"chutich.{SHORT[unit.code]}")
    running = [State.SUPPORTING, State.FOLLOWING]
    cases = Case.objects.filter(unit=unit, state__in=running, sealed=False)
    # Children below 16: of older ones nobody asks the parents.
    cases = cases.filter(opened_on__gte=SINCE, outside_children_law=False)
    cases = cases.select_related("child", "unit")
    return Desk(unit, worker, chair, stage.schools[unit.pk][0], list(cases.order_by("pk")[:6]))


def _ask(
    desk: Desk, case: Case, receiver: Organisation, kind: str, request: str, on: date
) -> Referral:
    return actions.offer_referral(
        case, receiver, kind=kind, request=request, by=desk.worker, on=max(on, case.opened_on),
        claim=DUTY, contact=desk.worker.full_name,
    )  # fmt: skip


def _refer(stage: Stage, desk: Desk, helpers: list[Organisation]) -> None:
    """One request in each state; one of them overdue."""
    today, by, heard = stage.today, desk.worker, "Điện thoại của đầu mối"
    cases = [desk.cases[n % len(desk.cases)] for n in range(6)]
    trade, _jobs, bank, social, law, health = helpers
    _ask(desk, cases[0], desk.school, "education", "Xếp lớp phù hợp cho em", today)
    _ask(desk, cases[1], bank, "loan", "Hướng dẫn gia đình vay vốn", today - timedelta(days=12))
    early = today - timedelta(days=9)
    taken = _ask(desk, cases[2], trade, "vocational", "Tư vấn chọn nghề", early)
    actions.accept_referral(taken, by=by, on=today - timedelta(days=3), heard=heard)
    done = _ask(desk, cases[3], health, "health", "Khám sức khỏe cho em", early)
    done = actions.accept_referral(done, by=by, on=today - timedelta(days=6), heard=heard)
    actions.finish_referral(
        done, result="achieved", by=by, on=today - timedelta(days=2), note="Em khỏe",
        heard=heard,
    )  # fmt: skip
    refused = _ask(desk, cases[4], law, "legal_aid", "Tư vấn cho cha mẹ", early)
    actions.refuse_referral(
        refused, by=by, on=today - timedelta(days=1), note="Ngoài lĩnh vực phụ trách",
        heard=heard,
    )  # fmt: skip
    back = _ask(desk, cases[5], social, "psychology", "Tư vấn tâm lý", early)
    actions.take_back_referral(
        back, by=by, on=today - timedelta(days=5), note="Gia đình xin làm sau"
    )


def _agree(stage: Stage, desk: Desk) -> None:
    """Child and guardian agree; a request rests on it; the guardian takes it back."""
    case, on = desk.cases[-1], stage.today - timedelta(days=4)
    words = [
        actions.record_consent(
            case.child, purpose="referral", party=party, given=True, manner="spoken",
            person_name=name, witness="Trưởng thôn", by=desk.worker, on=on, case=case,
        )
        for party, name in (("child", case.child.full_name), ("guardian", "Mẹ của em"))
    ]  # fmt: skip
    resting = actions.offer_referral(
        case, desk.school, kind="other", request="Cho em tham gia câu lạc bộ của trường",
        by=desk.worker, on=on,
    )  # fmt: skip
    actions.accept_referral(
        resting, by=desk.worker, on=on + timedelta(days=1), heard="Thầy tổng phụ trách báo"
    )
    actions.withdraw_consent(
        words[1], by=desk.worker, on=stage.today - timedelta(days=1), note="Gia đình đổi ý"
    )
    actions.record_consent(
        case.child, purpose="publication", party="guardian", given=False, manner="spoken",
        person_name="Mẹ của em", witness="Trưởng thôn", by=desk.worker, on=on, case=case,
    )  # fmt: skip
    actions.record_basis(
        desk.cases[0],
        purpose="referral",
        ground="override",
        by=desk.worker,
        on=stage.today,
        reason="Cha mẹ đi làm xa, chưa liên hệ được; em cần tư vấn tâm lý.",
    )


def _offer(desks: list[Desk], today: date) -> None:
    """The first commune offers a case to the second."""
    first, second = desks[0], desks[1]
    if first.cases:
        actions.offer_handover(
            first.cases[-1], second.unit, by=first.worker, on=today, claim=DUTY,
            note="Gia đình đã chuyển đến ở cùng ông bà.",
        )  # fmt: skip
