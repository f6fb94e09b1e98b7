"""Scene four b: what follow-up meets: a plan sent back, work found again, a relapse, a separation
that ended, sixteen and eighteen years, papers and photos."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from tuoitho.access.models import User
from tuoitho.cases import actions
from tuoitho.cases.actions.printing import Order
from tuoitho.cases.documents.paper import Signing
from tuoitho.cases.models import Case, Report
from tuoitho.cases.models.document import Capacity, Circulation, FormKind
from tuoitho.demo.cast import SHORT, SINCE
from tuoitho.demo.families import Known
from tuoitho.demo.names import woman
from tuoitho.demo.needs import assess_child, measures
from tuoitho.demo.present import working_days_ago
from tuoitho.demo.stage import Stage
from tuoitho.demo.story import Way, tell
from tuoitho.demo.works import UNLAWFUL, chores_only, facts
from tuoitho.people.actions import record_attendance, register_child
from tuoitho.people.ages import years_before
from tuoitho.people.models import Household
from tuoitho.people.school_years import term_ended_by
from tuoitho.units.models import Unit


def staff(unit: Unit) -> tuple[User, User]:
    """Worker and chairperson of the commune."""
    short = SHORT[unit.code]
    found = {u.username: u for u in User.objects.filter(username__endswith=f".{short}")}
    return found[f"canbo.{short}"], found[f"chutich.{short}"]


class Corner:
    """One commune and its people; children of the wanted age are registered as they are needed."""

    def __init__(self, stage: Stage, unit: Unit) -> None:
        self.stage, self.unit = stage, unit
        self.worker, self.chair = staff(unit)
        self._homes = iter(Household.objects.filter(unit=unit).order_by("-pk")[:10])

    def ago(self, count: int) -> date:
        """That many working days ago."""
        return working_days_ago(self.stage.today, count)

    def girl(self, born: date, known_on: date) -> Known:
        """A girl born on that day, registered when the news came."""
        home = next(self._homes)
        child = register_child(
            self.unit, full_name=woman(self.stage.chance, home.head_name.split()[0]),
            birth_date=born, sex="female", household=home, hamlet=home.hamlet, by=self.worker,
            on=known_on,
        )  # fmt: skip
        return Known(child, self.unit, home)

    def case(self, born: date, ago: int, last_step: str, **facts: object) -> Case:
        """The case of such a girl, come as far as ``last_step``."""
        day = self.ago(ago)
        way = Way(self.girl(born, day), day, last_step, self.worker, self.chair, kind="labour")
        for name, value in facts.items():
            setattr(way, name, value)
        return tell(self.stage, way)[0]


def follow_up(stage: Stage) -> None:
    """The same in every commune, each case in a transaction of its own."""
    scenes: tuple[Callable[[Corner], None], ...] = (
        _still_followed, _sent_back, _works_still, _safe_again, _begun_again, _sixteen,
        _turned_sixteen, _adult, _at_school, _files, _papers,
        _crime, _given_out,
    )  # fmt: skip
    for unit in stage.new_communes:
        with stage.acting():
            corner = Corner(stage, unit)
        for scene in scenes:
            with stage.acting():
                scene(corner)


def _still_followed(at: Corner) -> None:
    """Cases of the year before are visited to this day, as their schedule asks."""
    taken_over = Case.objects.filter(unit=at.unit, state="supporting", opened_on__lt=SINCE)
    for number, case in enumerate(taken_over.order_by("pk")):
        on = at.ago(20 + 3 * number)
        actions.record_visit(case, chores_only(), by=at.worker, on=on, schooling="attending",
                             note="Em đi học đều, gia đình ổn định.")  # fmt: skip
        actions.move_case(case, "follow", by=at.worker, on=on)


def _sent_back(at: Corner) -> None:
    """A plan refused with a reason, written anew and approved."""
    case = at.case(years_before(at.stage.today, 12), 15, "submit", risk="high")
    refused, again = at.ago(9), at.ago(7)
    actions.refuse_plan(
        case, "Chưa rõ ai đưa em đến trường; bổ sung người chịu trách nhiệm.", by=at.chair,
        on=refused,
    )  # fmt: skip
    education, income = case.assessments.get().needs.all()
    rows = measures(again, education, income)
    rows[0] |= {"responsible": "Cô chủ nhiệm và trưởng thôn", "what": "Đưa em đến lớp mỗi sáng"}
    actions.draft_plan(
        case, by=at.worker, on=again, met_on=again, goal="Em đi học đều.", measures=rows
    )
    actions.submit_plan(case, by=at.worker, on=again)
    actions.approve_plan(case, by=at.chair, on=at.ago(6), number="27/QĐ-UBND")


def _works_still(at: Corner) -> None:
    """High risk: visited after a week, when the child still works; clear since."""
    case = at.case(years_before(at.stage.today, 13), 40, "serve", risk="high")
    since = case.services.earliest("pk").starts_on
    for days, found, school, note in (
        (7, facts(UNLAWFUL[1]), "dropped_out", "Em vẫn rửa bát ở quán; đã gặp chủ quán."),
        (15, chores_only(), "attending", "Chủ quán đã thôi nhận em; em trở lại lớp."),
        (31, chores_only(), "attending", "Em đi học đều."),
    ):
        on = since + timedelta(days=days)
        actions.record_visit(case, found, by=at.worker, on=on, schooling=school, note=note)


def _safe_again(at: Corner) -> None:
    """A separation that ended before its last day, once Mẫu 03 said that the carers are safe."""
    case = at.case(years_before(at.stage.today, 11), 14, "assess", emergency=True, risk="high")
    first, more = case.emergency_measures.order_by("starts_on")
    on = more.starts_on + timedelta(days=3)
    actions.inform_party(first, party="health", way="in_person", at=first.decided_at,
                         body="Trạm y tế", by=at.worker)  # fmt: skip
    assess_child(case, by=at.worker, on=on, risk="high", carers_safe=True)
    actions.end_emergency(more, by=at.chair, on=on, reason="carers_safe",
                          note="Bố em đã về ở cùng, chủ cơ sở cam kết.")  # fmt: skip


def _begun_again(at: Corner) -> None:
    """A relapse: a child whose case had been closed works again."""
    closed = Case.objects.filter(unit=at.unit, state="closed", cessations__isnull=False)
    young = years_before(at.stage.today, 17)
    case = closed.filter(child__birth_date__gt=young, child__unit=at.unit).order_by("pk").first()
    if case is None:
        return
    day = at.ago(3)
    actions.screen_child(case.child, facts(UNLAWFUL[1]), observed_on=day, by=at.worker)
    actions.reopen_case(case, by=at.chair, on=day, note="Sàng lọc thấy em lại đi làm thuê.")


def _sixteen(at: Corner) -> None:
    """A minor of 16: the same file, helped without the forms that do not bind."""
    day = at.ago(12)
    child = at.girl(years_before(day, 16) - timedelta(days=60), day).child
    screening = actions.screen_child(child, facts(UNLAWFUL[2]), observed_on=day, by=at.worker)
    case = actions.open_case(child, "child_labour", screening=screening, by=at.worker, on=day)
    actions.start_support(case, by=at.worker, on=day)
    actions.start_service(
        case, kind="vocational", by=at.worker, on=day, what="Giới thiệu lớp sửa chữa xe máy"
    )


def _turned_sixteen(at: Corner) -> None:
    """Sixteen while the case runs: what no longer binds is said from that day."""
    case = at.case(years_before(at.ago(10), 16), 30, "serve")
    actions.move_case(case, "follow", by=at.worker, on=at.ago(5))


def _adult(at: Corner) -> None:
    """Eighteen: the case ends for that reason."""
    day = at.ago(60)
    child = at.girl(years_before(at.ago(8), 18), day).child
    screening = actions.screen_child(child, facts(UNLAWFUL[3]), observed_on=day, by=at.worker)
    case = actions.open_case(child, "child_labour", screening=screening, by=at.worker, on=day)
    actions.start_support(case, by=at.worker, on=day)
    actions.close_case(case, by=at.chair, on=at.ago(4), reason="adult",
                       note="Em đã đủ 18 tuổi, đang học nghề.")  # fmt: skip


def _at_school(at: Corner) -> None:
    """What the school says of the last term, of half the children who are followed."""
    term = term_ended_by(at.stage.today)
    followed = Case.objects.filter(unit=at.unit, child__unit=at.unit, state="following")
    for number, case in enumerate(followed.order_by("pk").select_related("child")):
        if number % 2 == 0:
            record_attendance(
                case.child, school_year=term.year, term=term.number, days=85, with_leave=number,
                without_leave=2, by=at.worker, on=at.stage.today,
            )  # fmt: skip


def _files(at: Corner) -> None:
    """Minutes that were signed and a photo of a visit, one of them taken back."""
    case = Case.objects.filter(unit=at.unit, visits__isnull=False).order_by("-pk").first()
    if case is None:
        return
    visit = case.visits.order_by("on").first()
    for name, kind, caption, of in (
        ("bien-ban-hop.png", "form", "Biên bản họp đã ký", None),
        ("noi-lam-viec.png", "photo", "Nơi em làm việc trước đây", visit),
    ):
        actions.attach_file(
            case, name, _picture(caption), kind=kind, caption=caption, visit=of, by=at.worker
        )
    wrong = actions.attach_file(case, "anh-nham.png", _picture("nhầm"), kind="other", by=at.worker)
    actions.withdraw_file(wrong, because="Ảnh của trẻ khác, gửi nhầm", by=at.worker)


def _papers(at: Corner) -> None:
    """Forms that were filled, numbered and printed: a first assessment and a decision."""
    case = Case.objects.filter(unit=at.unit, plans__decision="approved").order_by("-pk").first()
    if case is None:
        return
    signing = Signing(
        on=at.stage.today, place=at.unit.name.split(" ", 1)[-1], capacity=Capacity.TM,
        title="Chủ tịch", name=at.chair.full_name, circulation=Circulation.INTERNAL,
        recipients="Lưu: VT",
    )  # fmt: skip
    plan = case.plans.filter(decision="approved").latest("pk")
    rows = ((FormKind.MAU_02, case.first_assessments.latest("pk").pk), (FormKind.MAU_05, plan.pk))
    for kind, key in rows:
        actions.print_document(case, Order(kind, signing, key), by=at.chair)


def _crime(at: Corner) -> None:
    """A report with a sign of crime, passed on to the police, who have said that they have it."""
    report = Report.objects.filter(unit=at.unit, case__isnull=False, sealed=False).latest("pk")
    sending = actions.send_to_police(
        report, why="Chủ cơ sở đánh, giữ giấy tờ của trẻ", by=at.worker, on=at.stage.today
    )
    if at.unit == at.stage.new_communes[0]:
        actions.acknowledge_sending(sending, by=at.worker, who="Trực ban Công an xã")


def _given_out(at: Corner) -> None:
    """The chairperson has given twenty open cases to the worker; others wait for somebody."""
    open_cases = Case.objects.filter(unit=at.unit, sealed=False).still_open().order_by("pk")
    for case in list(open_cases)[-24:-4]:
        actions.assign_case(case, at.worker, by=at.chair, on=at.stage.today)


def _picture(seed: str) -> bytes:
    """A sheet with grey lines, in place of a scan: nothing to read, nobody to see."""
    sheet = Image.new("RGB", (480, 640), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((20, 20, 460, 620), outline="#8899aa", width=3)
    for line in range(6 + len(seed) % 5):
        pen.line(
            (60, 90 + line * 44, 420 - 37 * (line % 3), 90 + line * 44), fill="#9aa5b1", width=8
        )
    out = BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()
