"""The API as a whole: its title, its resources, its page of documentation."""

from ninja import NinjaAPI, Swagger
from ninja.renderers import JSONRenderer

from tuoitho.interop.api import cases, children, indicators, reports, units
from tuoitho.interop.api.doors import PersonRate, TokenAuth, answer_errors


class Readable(JSONRenderer):
    """Vietnamese as people read it, not as \\u escapes."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Tuổi Thơ",
    version="1",
    description=(
        "Cổng cho phần mềm khác: cùng quyền, cùng phạm vi, cùng kiểm tra như màn hình. Người có "
        "quyền dùng API tự tạo khoá ở trang “Khoá API của tôi” và gửi trong tiêu đề "
        "`Authorization: Bearer …`. Ngày viết theo ISO 8601. Danh sách chia trang: gửi lại `next` "
        "ở tham số `after`. Từ chối: 401 không có khoá, 403 không đủ quyền ở đó, 404 không có gì "
        "(hoặc ngoài phạm vi), 409 có thể trùng, 422 dữ liệu sai theo từng mục, 429 quá nhiều."
    ),
    auth=TokenAuth(),
    renderer=Readable(),
    throttle=[PersonRate()],
    docs=Swagger({"persistAuthorization": False}),
    urls_namespace="api",
)
answer_errors(api)
api.add_router("/reports", reports.router)
api.add_router("/children", children.router)
api.add_router("/cases", cases.router)
api.add_router("/indicators", indicators.router)
api.add_router("/units", units.router)
