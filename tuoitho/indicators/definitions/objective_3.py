"""Objective 3 (I.2.c): officials and employers who were taught in courses."""

from django.utils.translation import gettext_lazy as _

from tuoitho.activities.kinds import Audience
from tuoitho.activities.models.reach import EstablishmentReachQuerySet, ReachQuerySet
from tuoitho.establishments.models import EstablishmentQuerySet
from tuoitho.indicators.counting import EmployersReached, PeopleReached
from tuoitho.indicators.definitions.indicator import Indicator, Words
from tuoitho.indicators.definitions.objective_2 import (
    COOPERATIVES,
    ENTERPRISES,
    HOUSEHOLDS,
    WORKPLACES,
)
from tuoitho.indicators.states import Group

_TAUGHT = (ReachQuerySet.in_period, ReachQuerySet.trained)
_EMPLOYERS = (
    EstablishmentReachQuerySet.trained_in,
    EstablishmentReachQuerySet.of_kinds,
    EstablishmentQuerySet.existing_in,
)


def _officials(code: str, title: Words, audience: str, group: str) -> Indicator:
    formula = _("Số người được tập huấn trong năm, chia cho tổng số.")
    counted = _("Mỗi người một lần trong năm: cộng số “lần đầu được tập huấn trong năm” của các lớp"
                " đã mở trong năm.")  # fmt: skip
    measure = PeopleReached(audience, (group,), taught=True)
    return Indicator(code, title, formula, counted, "I.2.c", measure, ("owner",), _TAUGHT)


def _employers(code: str, title: Words, kinds: tuple[str, ...], groups: tuple[str, ...] = ()
               ) -> Indicator:  # fmt: skip
    formula = _("Số cơ sở mà người sử dụng lao động được tập huấn trong năm, chia cho số cơ sở có"
                " hoạt động trong năm.")  # fmt: skip
    measure = EmployersReached(kinds, groups, taught=True)
    return Indicator(code, title, formula, WORKPLACES, "I.2.c", measure, ("kind", "village"),
                     _EMPLOYERS)  # fmt: skip


INDICATORS = (
    _officials("3.1.district", _("Công chức, viên chức cấp huyện được tập huấn"),
               Audience.OFFICIALS_DISTRICT, Group.OFFICIALS_DISTRICT),
    _officials("3.1.commune", _("Cán bộ, công chức cấp xã ngành LĐTBXH được tập huấn"),
               Audience.OFFICIALS_COMMUNE, Group.OFFICIALS_COMMUNE),
    _officials("3.1.other", _("Cán bộ, công chức cơ quan, tổ chức liên quan được tập huấn"),
               Audience.OFFICIALS_OTHER, Group.OFFICIALS_OTHER),
    _employers("3.2.enterprise", _("Doanh nghiệp được tập huấn"), ENTERPRISES,
               (Group.ENTERPRISES,)),
    _employers("3.2.cooperative_household", _("Hợp tác xã, hộ gia đình được tập huấn"),
               (*COOPERATIVES, *HOUSEHOLDS), (Group.COOPERATIVES_HOUSEHOLDS,)),
    _employers("3.2.cooperative", _("Hợp tác xã được tập huấn"), COOPERATIVES),
    _employers("3.2.household", _("Hộ gia đình được tập huấn"), HOUSEHOLDS),
)  # fmt: skip
