"""The closed lists of the register of workplaces, in official words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds by which the plan counts employers (I.2.b.3, I.2.c.2)."""

    ENTERPRISE = "enterprise", _("Doanh nghiệp")
    SMALL_ENTERPRISE = "small_enterprise", _("Doanh nghiệp nhỏ và vừa")
    COOPERATIVE = "cooperative", _("Hợp tác xã")
    HOUSEHOLD = "household", _("Hộ gia đình, hộ kinh doanh")


class Sector(models.TextChoices):
    """Trades of the plan (II.3: nông nghiệp, tiểu thủ công nghiệp, dịch vụ) and where else children
    are found at work."""

    AGRICULTURE = "agriculture", _("Nông nghiệp, thủy sản")
    HANDICRAFT = "handicraft", _("Tiểu thủ công nghiệp")
    INDUSTRY = "industry", _("Công nghiệp, chế biến")
    CONSTRUCTION = "construction", _("Xây dựng")
    TRADE = "trade", _("Buôn bán")
    CATERING = "catering", _("Ăn uống, lưu trú")
    TRANSPORT = "transport", _("Vận tải, bốc xếp")
    RECYCLING = "recycling", _("Thu gom, tái chế")
    DOMESTIC = "domestic", _("Giúp việc gia đình")
    SERVICE = "service", _("Dịch vụ khác")
    OTHER = "other", _("Khác, chưa rõ")


class Topic(models.TextChoices):
    """What employers are guided in (plan II.4, last paragraph but one)."""

    LAW = "law", _("Quy định pháp luật về lao động chưa thành niên")
    INTERVENTION = "intervention", _("Giải quyết, can thiệp, hỗ trợ lao động trẻ em")
    CONDITIONS = "conditions", _("Cải thiện điều kiện làm việc phù hợp lứa tuổi")
    SUPPLY_CHAIN = "supply_chain", _("Chuỗi cung ứng không có lao động trẻ em")
    OTHER = "other", _("Nội dung khác")
