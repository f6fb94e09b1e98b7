from django.urls import path

from tuoitho.cases.views import (
    cases,
    children,
    emergencies,
    limits,
    plans,
    reports,
    screenings,
    steps,
)

app_name = "cases"
urlpatterns = [
    path("files/", cases.case_list, name="case_list"),
    path("files/<int:pk>/", cases.case_detail, name="case_detail"),
    path("files/<int:pk>/plan/", plans.case_plan, name="case_plan"),
    path("files/<int:pk>/visit/", plans.case_visit, name="case_visit"),
    path("files/<int:pk>/steps/<slug:name>/", steps.case_step, name="case_step"),
    path("children/<int:pk>/new/", screenings.case_new, name="case_new"),
    path("children/<int:pk>/screening/", screenings.screening_new, name="screening_new"),
    path("children/<int:pk>/panel/", children.child_panel, name="child_panel"),
    path("screenings/<int:pk>/", screenings.screening_detail, name="screening_detail"),
    path("limits/", limits.limit_list, name="limit_list"),
    path("limits/<slug:step>/", limits.limit_detail, name="limit_detail"),
    path("parameters/<slug:code>/", limits.parameter_detail, name="parameter_detail"),
    path("services/<int:pk>/end/", steps.service_end, name="service_end"),
    path("emergencies/<int:pk>/end/", emergencies.emergency_end, name="emergency_end"),
    path("emergencies/<int:pk>/inform/", emergencies.emergency_inform, name="emergency_inform"),
    path("court/<int:pk>/answer/", emergencies.court_answer, name="court_answer"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.report_new, name="report_new"),
    path("reports/<uuid:pk>/", reports.report_detail, name="report_detail"),
    path("reports/<uuid:pk>/link/", reports.report_link, name="report_link"),
    path("reports/<uuid:pk>/attach/", reports.report_attach, name="report_attach"),
    path("reports/<uuid:pk>/child/", reports.report_child, name="report_child"),
    path("reports/<uuid:pk>/dismiss/", reports.report_dismiss, name="report_dismiss"),
    path("reports/<uuid:pk>/forward/", reports.report_forward, name="report_forward"),
]
