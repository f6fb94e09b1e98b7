"""Kinds of activity, product, channel, model and audience, in the words of the plan (II.2-II.5)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CAMPAIGN = "campaign", _("Chiến dịch, đợt cao điểm")
    EVENT = "event", _("Buổi truyền thông trực tiếp")
    BROADCAST = "broadcast", _("Phát thanh, truyền hình")
    ARTICLE = "article", _("Tin, bài, mạng xã hội")
    PRODUCT = "product", _("Tài liệu, sản phẩm truyền thông")
    TRAINING = "training", _("Tập huấn")
    CONSULTING = "consulting", _("Tư vấn, hướng dẫn")
    MODEL = "model", _("Mô hình")


COMMUNICATION = (
    Kind.CAMPAIGN, Kind.EVENT, Kind.BROADCAST, Kind.ARTICLE, Kind.PRODUCT, Kind.CONSULTING,
)  # fmt: skip


class ProductKind(models.TextChoices):
    BOOKLET = "booklet", _("Sách mỏng")
    LEAFLET = "leaflet", _("Tờ rơi, tờ gấp")
    POSTER = "poster", _("Áp phích")
    BANNER = "banner", _("Băng rôn, pa nô")
    TRAILER = "trailer", _("Trailer")
    REPORTAGE = "reportage", _("Phóng sự")
    OTHER = "other", _("Khác")


class Channel(models.TextChoices):
    LOUDSPEAKER = "loudspeaker", _("Đài truyền thanh cơ sở")
    RADIO_TV = "radio_tv", _("Phát thanh, truyền hình")
    NEWSPAPER = "newspaper", _("Báo, bản tin")
    WEBSITE = "website", _("Cổng thông tin điện tử")
    SOCIAL = "social", _("Mạng xã hội (Facebook, Zalo…)")


class ModelKind(models.TextChoices):
    """The four kinds of II.5, in the plan's words."""

    EARLY = "early_detection", _("Phát hiện sớm, hỗ trợ, can thiệp lao động trẻ em")
    POOR = "poor_households", _("Phòng ngừa, giảm thiểu trong hộ nghèo, cận nghèo")
    ENTERPRISE = "enterprises", _("Doanh nghiệp không sử dụng lao động trẻ em")
    VILLAGE = "craft_villages", _("Làng nghề truyền thống, khu vực kinh tế phi chính thức")


class Audience(models.TextChoices):
    STAFF = "staff_teachers", _("Cán bộ, giáo viên, người nuôi dưỡng trẻ")
    PARENTS = "parents", _("Cha mẹ, người chăm sóc trẻ")
    CHILDREN = "children", _("Trẻ em")
    OFFICIALS_DISTRICT = "officials_district", _("Công chức, viên chức ngành LĐTBXH cấp huyện")
    OFFICIALS_COMMUNE = "officials_commune", _("Cán bộ, công chức ngành LĐTBXH cấp xã")
    OFFICIALS_OTHER = "officials_other", _("Cán bộ, công chức cơ quan, tổ chức liên quan")
    EMPLOYERS = "employers", _("Người sử dụng lao động")
    COLLABORATORS = "collaborators", _("Cộng tác viên, tình nguyện viên")
    PUBLIC = "public", _("Người dân nói chung")


class Part(models.TextChoices):
    """To which owner's figures the people belong (IV.1 last paragraph, IV.2 last paragraph)."""

    COMMUNITY = "community", _("Tại cộng đồng (LĐTBXH báo cáo)")
    SCHOOL = "school", _("Trong trường học (GDĐT báo cáo)")


IN_SCHOOLS = (Audience.STAFF, Audience.CHILDREN)
