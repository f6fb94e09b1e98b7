"""What the database's own refusals mean to a person, and beside which field they belong."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MEANINGS: dict[str, tuple[str, Promise]] = {
    # The other child may live where this person may not look: its existence is not confirmed.
    "child_national_id_is_unique": (
        "national_id",
        _("Không ghi được số định danh này. Hãy đối chiếu giấy tờ của em; nếu số đúng, liên hệ "
          "cơ quan thường trực của chương trình."),
    ),
    "circumstance_once_a_day": (
        "since", _("Nhóm hoàn cảnh này đã được ghi cho những ngày trùng với thời gian này.")
    ),
    # Written by the commune or another school, whose record this school does not see.
    "attendance_once_a_term": (
        "term", _("Học kỳ này đã có người khác ghi. Muốn sửa, hãy báo Ủy ban nhân dân xã.")
    ),
    "child_leaves_with_its_case": (
        "to_unit",
        _("Em đang có hồ sơ hỗ trợ mở tại đây. Hãy bàn giao hồ sơ (trang hồ sơ, “Bàn giao hồ sơ”); "
          "khi nơi đến nhận, em chuyển theo."),
    ),
    "merge_once_away": (
        "", _("Hồ sơ này đã có một đề nghị gộp, hoặc đã được gộp.")
    ),
    # Of the room above: seen only when two rows become one child.
    "case_one_open_for_a_child": (
        "",
        _("Cả hai hồ sơ trẻ đều có hồ sơ hỗ trợ đang mở. Hãy kết thúc một hồ sơ với lý do “Trùng "
          "với hồ sơ khác của cùng một em”, rồi duyệt gộp."),
    ),
    "residence_one_a_day": (
        "on", _("Đã có nơi ở khác của em trong những ngày này.")
    ),
}  # fmt: skip


def constraint_of(error: IntegrityError) -> str:
    """The name of the constraint that refused."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "")


@contextmanager
def explained() -> Iterator[None]:
    """Turn a refusal by a constraint we can explain into a ValidationError; others pass.

    The block is a savepoint, so the transaction around it can go on.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        known = MEANINGS.get(constraint_of(error))
        if known is None:
            raise
        field, meaning = known
        raise ValidationError({field: meaning} if field else str(meaning)) from error
