"""Who can sign in to the demonstration: one account for every kind of user of the plan."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from tuoitho.access.actions import assign_role, create_user
from tuoitho.access.models import User
from tuoitho.demo.stage import Stage
from tuoitho.units.models import Organisation, Unit

PASSWORD = "tuoitho-demo-2026"  # noqa: S105 - printed on purpose: everything behind it is invented
SINCE = date(2025, 7, 1)


@dataclass(frozen=True)
class Part:
    """One account: where is "area", "city" or "commune"."""

    username: str
    full_name: str
    role: str
    position: str
    where: str = "area"
    office: str = ""


AREA_PARTS = (
    Part("ldtbxh", "Phạm Thị Hạnh", "labour_office", "Chuyên viên trẻ em", office="ldtbxh"),
    Part("gddt", "Ngô Thu Trang", "education_office", "Chuyên viên", office="gddt"),
    Part("congan", "Đỗ Mạnh Hùng", "police", "Đội phó", office="congan"),
    Part("kinhte", "Bùi Quang Sơn", "economy_office", "Chuyên viên", office="kinhte"),
    Part("vhtt", "Đặng Thu Hà", "culture_office", "Chuyên viên", office="vhtt"),
    Part("taichinh", "Vũ Minh Đức", "finance_office", "Chuyên viên", office="tckh"),
    Part("mttq", "Nguyễn Văn Thành", "mass_organisation", "Phó Chủ tịch", office="mttq"),
    Part("phunu", "Hoàng Thị Mai", "mass_organisation", "Phó Chủ tịch Hội", office="phunu"),
    Part("doantn", "Lý Hải Nam", "mass_organisation", "Phó Bí thư", office="doantn"),
    Part("nongdan", "Cao Thị Hoa", "mass_organisation", "Phó Chủ tịch Hội", office="nongdan"),
    Part("ldld", "Mai Văn Thắng", "mass_organisation", "Phó Chủ tịch", office="ldld"),
    Part("lanhdao", "Trần Quốc Việt", "leader", "Phó Chủ tịch UBND", office="ubnd_huyen"),
    Part("quantri", "Lê Anh Tuấn", "administrator", "Quản trị hệ thống"),
    Part("so", "Phan Thanh Nga", "department", "Chuyên viên Sở", "city", office="so_ldtbxh"),
)
COMMUNE_PARTS = (
    Part("canbo", "Nguyễn Thị Lan", "commune_worker", "Công chức Văn hóa - Xã hội", "commune"),
    Part("chutich", "Trần Văn Chung", "commune_chair", "Chủ tịch UBND xã", "commune"),
    Part("ctv", "Lê Thị Thu", "collaborator", "Cộng tác viên", "commune"),
)
SHORT = {"00640": "thanhtri", "00643": "thanhliet", "00664": "daithanh", "00679": "ngochoi",
         "00685": "namphu"}  # fmt: skip


def make_cast(stage: Stage) -> None:
    """Accounts of the area's offices, of each new commune, and of one school."""
    with stage.acting():
        _make_accounts(stage)
        # One hash for all: making each would take longer than making the accounts.
        User.objects.filter(is_system=False).update(password=make_password(PASSWORD))


def _make_accounts(stage: Stage) -> None:
    for part in AREA_PARTS:
        unit = stage.city if part.where == "city" else stage.area
        _account(stage, part.username, part.full_name, part, unit, stage.offices.get(part.office))
    for unit in stage.new_communes:
        committee = stage.committees[unit.pk]
        for part in COMMUNE_PARTS:
            name = part.full_name if unit.code == "00640" else stage.person()
            _account(stage, f"{part.username}.{SHORT[unit.code]}", name, part, unit, committee)
    first = stage.new_communes[0]
    teacher = Part("truong", "Đinh Thị Oanh", "school", "Giáo viên tổng phụ trách", "commune")
    _account(stage, "truong", teacher.full_name, teacher, first, stage.schools[first.pk][0])


def _account(
    stage: Stage, username: str, full_name: str, part: Part, unit: Unit, where: Organisation | None
) -> None:
    user = create_user(username, full_name, password=None, by=stage.system, position=part.position)
    assign_role(user, part.role, unit, by=stage.system, start=SINCE, organisation=where)


def accounts() -> str:
    """The table printed at the end: who can sign in, as what, where."""
    lines = [f"{'tài khoản':<20}{'vai trò':<66}địa bàn"]
    people = User.objects.filter(is_system=False).prefetch_related("assignments__unit")
    for user in people.order_by("pk"):
        for held in user.assignments.all():
            lines.append(f"{user.username:<20}{held.get_role_display():<66}{held.unit}")
    return "\n".join(lines) + f"\n\nmật khẩu của tất cả: {PASSWORD}"
