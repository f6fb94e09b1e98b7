"""Pages of docs/ that say what the code says, written from it; a test compares them."""

from django.utils.translation import override

from tuoitho.access.permissions import PERMISSIONS, ROLES
from tuoitho.config.states_page import states_page
from tuoitho.indicators.pages import indicators_page
from tuoitho.plan.pages import programme_page

NOTICE = "<!-- Sinh từ mã bằng `tuoitho docs`; đừng sửa tay. -->\n\n"


def permissions_page() -> str:
    """Who may do what: a row a permission, and the roles that hold it."""
    with override("vi"):
        lines = [
            "# Quyền và vai trò",
            "",
            "Vai trò do kế hoạch quy định; ai giữ vai trò nào, ở đâu, từ ngày nào là dữ liệu.",
            "",
            "| quyền | việc | vai trò |",
            "|---|---|---|",
        ]
        for code, sentence in PERMISSIONS.items():
            holders = [role for role, (_label, held) in ROLES.items() if code in held]
            lines.append(f"| `{code}` | {sentence} | {', '.join(holders)} |")
        lines += ["", "| vai trò | tên |", "|---|---|"]
        lines += [f"| `{role}` | {label} |" for role, (label, _held) in ROLES.items()]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """File name in docs/ to its text."""
    with override("vi"):
        written = {
            "indicators.md": indicators_page(),
            "permissions.md": permissions_page(),
            "programme.md": programme_page(),
            "states.md": states_page(),
        }
    return {name: NOTICE + text for name, text in written.items()}
