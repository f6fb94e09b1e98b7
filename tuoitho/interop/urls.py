from django.urls import path

from tuoitho.interop.views import imports, numbers

app_name = "interop"
urlpatterns = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/template.xlsx", imports.import_template, name="import_template"),
    path("imports/<int:pk>/", imports.import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/commit/", imports.import_commit, name="import_commit"),
    path("imports/<int:pk>/read/", imports.import_read, name="import_read"),
    path("imports/<int:pk>/rejected/", imports.import_rejected, name="import_rejected"),
    path("numbers/<int:pk>/", numbers.numbers_read, name="numbers_read"),
    path("numbers/<int:pk>/write/", numbers.numbers_write, name="numbers_write"),
    path("imports/rows/<int:pk>/", imports.row_settle, name="row_settle"),
]
