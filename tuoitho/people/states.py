"""The closed lists of the register: groups of the law, kinds and results, in official words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    MALE = "male", _("Nam")
    FEMALE = "female", _("Nữ")
    UNKNOWN = "unknown", _("Chưa rõ")


class Poverty(models.TextChoices):
    NONE = "none", _("Không nghèo")
    NEAR_POOR = "near_poor", _("Cận nghèo")
    POOR = "poor", _("Nghèo")


class Relation(models.TextChoices):
    FATHER = "father", _("Cha")
    MOTHER = "mother", _("Mẹ")
    GRANDPARENT = "grandparent", _("Ông, bà")
    SIBLING = "sibling", _("Anh, chị")
    RELATIVE = "relative", _("Họ hàng khác")
    STEP_PARENT = "step_parent", _("Cha dượng, mẹ kế")
    ADOPTIVE = "adoptive", _("Cha, mẹ nuôi")
    GUARDIAN = "guardian", _("Người giám hộ")
    CARER = "carer", _("Người nhận chăm sóc thay thế")
    OTHER = "other", _("Khác")


class SchoolStatus(models.TextChoices):
    ATTENDING = "attending", _("Đang học")
    VOCATIONAL = "vocational", _("Đang học nghề")
    COMPLETED = "completed", _("Đã học xong cấp học")
    DROPPED_OUT = "dropped_out", _("Đã bỏ học")


class Term(models.TextChoices):
    FIRST = "1", _("Học kỳ I")
    SECOND = "2", _("Học kỳ II")


class Told(models.TextChoices):
    """Who says how often a child was at school."""

    SCHOOL = "school", _("Nhà trường")
    FAMILY = "family", _("Gia đình")


class Group(models.TextChoices):
    """Trẻ em có hoàn cảnh đặc biệt: the fourteen groups of Luật Trẻ em 2016, Điều 10 khoản 1."""

    ORPHAN = "10.1.a", _("a) Mồ côi cả cha và mẹ")
    ABANDONED = "10.1.b", _("b) Bị bỏ rơi")
    HOMELESS = "10.1.c", _("c) Không nơi nương tựa")
    DISABLED = "10.1.d", _("d) Khuyết tật")
    HIV = "10.1.đ", _("đ) Nhiễm HIV/AIDS")
    OFFENDER = "10.1.e", _("e) Vi phạm pháp luật")
    ADDICTED = "10.1.g", _("g) Nghiện ma túy")
    LEFT_SCHOOL = "10.1.h", _("h) Phải bỏ học kiếm sống, chưa học xong trung học cơ sở")
    HARMED = "10.1.i", _("i) Bị tổn hại nghiêm trọng do bị bạo lực")
    EXPLOITED = "10.1.k", _("k) Bị bóc lột")
    ABUSED = "10.1.l", _("l) Bị xâm hại tình dục")
    TRAFFICKED = "10.1.m", _("m) Bị mua bán")
    ILL = "10.1.n", _("n) Mắc bệnh hiểm nghèo, phải điều trị dài ngày, thuộc hộ nghèo, cận nghèo")
    MIGRANT = "10.1.o", _("o) Di cư, lánh nạn chưa xác định được cha mẹ, không người chăm sóc")


class NumberProblem(models.TextChoices):
    """What a well-formed identity number contradicts (see ``national_id``)."""

    BIRTH_YEAR = "birth_year", _("không khớp năm sinh")
    SEX = "sex", _("không khớp giới tính")
    BOTH = "both", _("không khớp năm sinh và giới tính")
    MALFORMED = "malformed", _("sai mã nơi đăng ký khai sinh hoặc chữ số thế kỷ")


class NumberTrouble(models.TextChoices):
    """Why a child's number is asked of the police."""

    MISSING = "missing", _("Chưa có số")
    MALFORMED = "malformed", _("Số sai cấu trúc")
    MISMATCHED = "mismatched", _("Số không khớp năm sinh, giới tính")


class NumberListState(models.TextChoices):
    """Where a list handed to the police stands."""

    PREPARED = "prepared", _("Đã lập, chưa chuyển")
    HANDED = "handed", _("Đã chuyển công an")
    RETURNED = "returned", _("Đã nhận lại, đã ghi vào sổ")
    CANCELLED = "cancelled", _("Đã hủy")


class NumberResult(models.TextChoices):
    """What the police say of one line."""

    RIGHT = "right", _("Số trong sổ đúng")
    NUMBER = "number", _("Số đúng là")
    NOT_ISSUED = "not_issued", _("Chưa được cấp số")
    NOT_FOUND = "not_found", _("Không tìm thấy trong cơ sở dữ liệu dân cư")


# Step of a list: from where to where. Cancelling is only for what has not left the office.
NUMBER_STEPS = {
    "hand": (NumberListState.PREPARED, NumberListState.HANDED),
    "cancel": (NumberListState.PREPARED, NumberListState.CANCELLED),
    "return": (NumberListState.HANDED, NumberListState.RETURNED),
}


class MergeState(models.TextChoices):
    """Where the joining of two rows that are one child stands."""

    REQUESTED = "requested", _("Chờ người thứ hai duyệt")
    DONE = "done", _("Đã gộp")
    REFUSED = "refused", _("Không duyệt")
    WITHDRAWN = "withdrawn", _("Đã rút đề nghị")
    UNDONE = "undone", _("Đã tách lại")


class Side(models.TextChoices):
    """Whose value of a field stands after a merge."""

    KEPT = "kept", _("của hồ sơ giữ lại")
    OTHER = "other", _("của hồ sơ gộp vào")
    BOTH = "both", _("cả hai")


class MatchState(models.TextChoices):
    """What a person said of two rows the linking took for one child (merging is ``Merge``)."""

    OPEN = "open", _("Cần xem")
    DIFFERENT = "different", _("Hai em khác nhau")
