"""What is wrong with a request, field by field, in Vietnamese."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOMENT = gettext_lazy("Viết thời điểm theo ISO 8601 có múi giờ: 2026-03-02T08:00:00+07:00.")
# Kinds of errors of pydantic, by the beginning of their names.
SENTENCES: tuple[tuple[str, str | Promise], ...] = (
    ("missing", gettext_lazy("Thiếu mục này.")),
    ("extra_forbidden", gettext_lazy("Không có mục nào tên như vậy.")),
    ("datetime", MOMENT),
    ("timezone", MOMENT),
    ("date", gettext_lazy("Viết ngày theo dạng năm-tháng-ngày: 2026-03-02.")),
    ("int", gettext_lazy("Phải là số nguyên.")),
    ("bool", gettext_lazy("Chỉ nhận true hoặc false.")),
    ("string_too_long", gettext_lazy("Dài quá.")),
    ("string_too_short", gettext_lazy("Ngắn quá.")),
    ("string_pattern", gettext_lazy("Viết không đúng dạng.")),
    ("string", gettext_lazy("Phải là chữ đọc được, không có ký tự điều khiển.")),
    ("greater_than", gettext_lazy("Nhỏ quá.")),
    ("less_than", gettext_lazy("Lớn quá.")),
    ("uuid", gettext_lazy("Mã không đúng dạng.")),
)  # fmt: skip


def in_vietnamese(errors: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Errors of pydantic as {field: [sentence]}; a field in a part is "guardian.full_name"."""
    found: dict[str, list[str]] = {}
    for error in errors:
        # ("body", "child", "full_name"): where the request carries it, our parameter, the field.
        where = error["loc"][2:] if error["loc"][0] == "body" else error["loc"][1:]
        name = ".".join(str(part) for part in where) or "__all__"
        found.setdefault(name, []).append(_sentence(error))
    return found


def _sentence(error: dict[str, Any]) -> str:
    kind = error["type"]
    if kind in ("literal_error", "enum"):
        return _("Chỉ nhận: %(choices)s.") % {"choices": error["ctx"]["expected"]}
    for beginning, sentence in SENTENCES:
        if kind.startswith(beginning):
            return str(sentence)
    return _("Giá trị không hợp lệ.")
