"""/budget/: estimates, approval, spending, settlement, mobilised resources."""

from django.urls import path

from tuoitho.budget.views import contributions, lines

app_name = "budget"
urlpatterns = [
    path("", lines.line_list, name="line_list"),
    path("new/", lines.line_new, name="line_new"),
    path("<int:pk>/", lines.line_detail, name="line_detail"),
    path("<int:pk>/edit/", lines.line_edit, name="line_edit"),
    path("<int:pk>/submit/", lines.line_submit, name="line_submit"),
    path("<int:pk>/approve/", lines.line_approve, name="line_approve"),
    path("<int:pk>/refuse/", lines.line_refuse, name="line_refuse"),
    path("<int:pk>/spend/", lines.line_spend, name="line_spend"),
    path("<int:pk>/settle/", lines.line_settle, name="line_settle"),
    path(
        "expenditures/<int:pk>/withdraw/", lines.expenditure_withdraw, name="expenditure_withdraw"
    ),
    path("contributions/", contributions.contribution_list, name="contribution_list"),
    path("contributions/new/", contributions.contribution_new, name="contribution_new"),
    path("contributions/<int:pk>/", contributions.contribution_detail, name="contribution_detail"),
    path(
        "contributions/<int:pk>/receive/", contributions.contribution_receive,
        name="contribution_receive",
    ),
    path("contributions/<int:pk>/use/", contributions.contribution_use, name="contribution_use"),
]  # fmt: skip
