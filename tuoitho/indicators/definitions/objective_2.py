"""Objective 2 (I.2.b): staff, parents, children and employers who were informed."""

from django.utils.translation import gettext_lazy as _

from tuoitho.activities.kinds import Audience, Part
from tuoitho.activities.models.reach import EstablishmentReachQuerySet, ReachQuerySet
from tuoitho.establishments.models import EstablishmentQuerySet
from tuoitho.establishments.states import Kind
from tuoitho.indicators.counting import EmployersReached, PeopleReached
from tuoitho.indicators.definitions.indicator import Indicator, Words
from tuoitho.indicators.states import Group

ENTERPRISES = (Kind.ENTERPRISE, Kind.SMALL_ENTERPRISE)
COOPERATIVES, HOUSEHOLDS = (Kind.COOPERATIVE,), (Kind.HOUSEHOLD,)

ONCE = _("Mỗi người một lần trong năm: cộng số “lần đầu trong năm” của các hoạt động truyền thông"
         " và lớp tập huấn đã làm trong năm, theo xã tổ chức.")  # fmt: skip
APART = _("Học sinh do ngành Giáo dục đếm ở trường, trẻ không học trong trường do LĐTBXH và xã"
          " đếm ở cộng đồng; hai phần không trùng nhau nên tổng là phép cộng.")  # fmt: skip
WORKPLACES = _("Mỗi cơ sở một lần trong năm, ở xã của cơ sở, dù được tiếp cận bao nhiêu lần. Mẫu"
               " số: cơ sở trong sổ có hoạt động ít nhất một ngày trong năm; nơi cơ quan chuyên"
               " môn có số lớn hơn (số liệu nền) thì lấy số đó.")  # fmt: skip

_REACH = (ReachQuerySet.in_period, ReachQuerySet.informed)
_EMPLOYERS = (
    EstablishmentReachQuerySet.informed_in,
    EstablishmentReachQuerySet.of_kinds,
    EstablishmentQuerySet.existing_in,
)


def _people(code: str, title: Words, formula: Words, counted: Words, measure: PeopleReached
            ) -> Indicator:  # fmt: skip
    return Indicator(code, title, formula, counted, "I.2.b", measure, ("owner",), _REACH)


def _employers(code: str, title: Words, kinds: tuple[str, ...], groups: tuple[str, ...] = ()
               ) -> Indicator:  # fmt: skip
    formula = _("Số cơ sở mà người sử dụng lao động đã được cung cấp thông tin, kiến thức trong"
                " năm, chia cho số cơ sở có hoạt động trong năm.")  # fmt: skip
    measure = EmployersReached(kinds, groups)
    return Indicator(code, title, formula, WORKPLACES, "I.2.b", measure, ("kind", "village"),
                     _EMPLOYERS)  # fmt: skip


INDICATORS = (
    _people(
        "2.1.staff",
        _("Cán bộ, giáo viên cơ sở giáo dục, cơ sở nuôi dưỡng trẻ em được cung cấp kiến thức"),
        _("Số cán bộ, giáo viên được cung cấp thông tin, kiến thức trong năm, chia cho tổng số."),
        ONCE,
        PeopleReached(Audience.STAFF, (Group.STAFF,)),
    ),
    _people(
        "2.1.parents",
        _("Cha mẹ, người chăm sóc trẻ em được cung cấp kiến thức"),
        _("Số cha mẹ, người chăm sóc trẻ được cung cấp thông tin, kiến thức trong năm, chia cho"
          " tổng số."),
        ONCE,
        PeopleReached(Audience.PARENTS, (Group.PARENTS,)),
    ),
    _people(
        "2.2",
        _("Trẻ em được cung cấp kiến thức"),
        _("Số trẻ em được cung cấp thông tin, kiến thức trong năm ở trường và ở cộng đồng, chia cho"
          " trẻ học trong trường cộng trẻ tại cộng đồng."),
        APART,
        PeopleReached(Audience.CHILDREN, (Group.CHILDREN_COMMUNITY, Group.CHILDREN_SCHOOL)),
    ),
    _people(
        "2.2.community",
        _("Trẻ em tại cộng đồng được cung cấp kiến thức"),
        _("Số trẻ em tại cộng đồng được cung cấp thông tin, kiến thức trong năm, chia cho số trẻ em"
          " không học trong các trường trên địa bàn."),
        APART,
        PeopleReached(Audience.CHILDREN, (Group.CHILDREN_COMMUNITY,), Part.COMMUNITY),
    ),
    _people(
        "2.2.school",
        _("Trẻ em trong trường học được cung cấp kiến thức"),
        _("Số học sinh được cung cấp thông tin, kiến thức trong năm, chia cho số trẻ em đang học"
          " trong các trường trên địa bàn."),
        APART,
        PeopleReached(Audience.CHILDREN, (Group.CHILDREN_SCHOOL,), Part.SCHOOL),
    ),
    _employers(
        "2.3", _("Doanh nghiệp, hợp tác xã, hộ gia đình được cung cấp kiến thức"),
        (*ENTERPRISES, *COOPERATIVES, *HOUSEHOLDS),
        (Group.ENTERPRISES, Group.COOPERATIVES_HOUSEHOLDS),
    ),
    _employers("2.3.enterprise", _("Doanh nghiệp được cung cấp kiến thức"), ENTERPRISES,
               (Group.ENTERPRISES,)),
    _employers("2.3.cooperative", _("Hợp tác xã được cung cấp kiến thức"), COOPERATIVES),
    _employers("2.3.household", _("Hộ gia đình được cung cấp kiến thức"), HOUSEHOLDS),
)  # fmt: skip
