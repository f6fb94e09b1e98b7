"""The closed lists of the room: groups of people and workplaces whose size is typed in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Group(models.TextChoices):
    """Whom a denominator counts when no register does (part I.2 of the plan)."""

    POPULATION_5_17 = "population_5_17", _("Dân số từ 5 đến 17 tuổi")
    STAFF = "staff_teachers", _("Cán bộ, giáo viên cơ sở giáo dục, cơ sở nuôi dưỡng trẻ em")
    PARENTS = "parents", _("Cha mẹ, người chăm sóc trẻ em")
    CHILDREN_COMMUNITY = "children_community", _("Trẻ em tại cộng đồng (không học trong trường)")
    CHILDREN_SCHOOL = "children_school", _("Trẻ em đang học trong các trường học")
    OFFICIALS_DISTRICT = "officials_district", _("Công chức, viên chức ngành LĐTBXH cấp huyện")
    OFFICIALS_COMMUNE = "officials_commune", _("Cán bộ, công chức ngành LĐTBXH cấp xã")
    OFFICIALS_OTHER = "officials_other", _("Cán bộ, công chức cơ quan, tổ chức liên quan")
    ENTERPRISES = "enterprises", _("Doanh nghiệp")
    COOPERATIVES_HOUSEHOLDS = (
        "cooperatives_households",
        _("Hợp tác xã, hộ gia đình sản xuất, kinh doanh"),
    )


# Counted for a whole district or area only: its communes have none of their own.
OF_THE_WHOLE = frozenset({Group.OFFICIALS_DISTRICT})


class Map(models.TextChoices):
    """In which units the rows of a table are written."""

    THEN = "then", _("Đơn vị như khi đó")
    TODAY = "today", _("Bản đồ hiện nay")
