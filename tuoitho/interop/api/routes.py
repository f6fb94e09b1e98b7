"""The API as a whole: its title, its resources, its page of documentation."""

from typing import Any

from django.utils.translation import get_language
from ninja import NinjaAPI, Swagger
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from tuoitho.interop.api import cases, children, indicators, reports, units
from tuoitho.interop.api.doors import PersonRate, TokenAuth, answer_errors


class Readable(JSONRenderer):
    """Vietnamese as people read it, not as \\u escapes."""

    json_dumps_params = {"ensure_ascii": False}


class Documented(NinjaAPI):
    """An API that writes its document once for each language, not for each who asks: it takes half
    a second and depends on nothing else."""

    _documents: dict[tuple[str | None, str | None], OpenAPISchema] = {}

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        if path_params:  # not of ours: no part of its address varies
            return super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        key = (path_prefix, get_language())
        if key not in self._documents:
            self._documents[key] = super().get_openapi_schema(path_prefix=path_prefix)
        return self._documents[key]


api = Documented(
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
