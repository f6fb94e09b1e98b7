"""/reports/: each unit's report, the consolidated one, what was signed, the review of years."""

from django.urls import path

from tuoitho.reports.views import details, downloads, lists, review, steps, whole

app_name = "reports"
urlpatterns = [
    path("", lists.report_list, name="report_list"),
    path("call/", lists.report_call, name="report_call"),
    path("new/", lists.report_new, name="report_new"),
    path("<int:pk>/", details.report_detail, name="report_detail"),
    path("<int:pk>/start/", steps.report_start, name="report_start"),
    path("<int:pk>/write/", steps.report_write, name="report_write"),
    path("<int:pk>/sign/", steps.report_sign, name="report_sign"),
    path("<int:pk>/send/", steps.report_send, name="report_send"),
    path("<int:pk>/accept/", steps.report_accept, name="report_accept"),
    path("<int:pk>/return/", steps.report_return, name="report_return"),
    path("<int:pk>/amend/", steps.report_amend, name="report_amend"),
    path("<int:pk>/download/", downloads.report_download, name="report_download"),
    path("editions/<int:pk>/", details.edition_detail, name="edition_detail"),
    path("consolidated/", whole.consolidation_detail, name="consolidation_detail"),
    path("consolidated/start/", whole.consolidation_start, name="consolidation_start"),
    path("consolidated/<int:pk>/write/", steps.consolidation_write, name="consolidation_write"),
    path("consolidated/<int:pk>/sign/", steps.consolidation_sign, name="consolidation_sign"),
    path("consolidated/<int:pk>/send/", steps.consolidation_send, name="consolidation_send"),
    path("consolidated/<int:pk>/amend/", steps.consolidation_amend, name="consolidation_amend"),
    path(
        "consolidated/<int:pk>/publish/", whole.consolidation_publish, name="consolidation_publish"
    ),
    path(
        "consolidated/<int:pk>/withdraw/", steps.consolidation_withdraw,
        name="consolidation_withdraw",
    ),
    path(
        "consolidated/<int:pk>/download/", downloads.consolidation_download,
        name="consolidation_download",
    ),
    path("review/", review.period_review, name="period_review"),
]  # fmt: skip
