"""Addresses of inspections."""

from django.urls import path

from tuoitho.inspections.views import follow_up, lists, one

app_name = "inspections"
urlpatterns = [
    path("", lists.inspection_list, name="inspection_list"),
    path("new/", one.inspection_new, name="inspection_new"),
    path("measures/", lists.measure_list, name="measure_list"),
    path("violations/", lists.violation_list, name="violation_list"),
    path("at/<int:pk>/", lists.establishment_panel, name="establishment_panel"),
    path("<int:pk>/", one.inspection_detail, name="inspection_detail"),
    path("<int:pk>/minutes/", one.inspection_minutes, name="inspection_minutes"),
    path("<int:pk>/findings/", one.inspection_findings, name="inspection_findings"),
    path("<int:pk>/reschedule/", one.inspection_reschedule, name="inspection_reschedule"),
    path("<int:pk>/cancel/", one.inspection_cancel, name="inspection_cancel"),
    path("<int:pk>/close/", one.inspection_close, name="inspection_close"),
    path("<int:pk>/reopen/", one.inspection_reopen, name="inspection_reopen"),
    path("<int:pk>/violations/new/", follow_up.violation_new, name="violation_new"),
    path("<int:pk>/measures/new/", follow_up.measure_new, name="measure_new"),
    path("violations/<int:pk>/sanction/", follow_up.violation_sanction, name="violation_sanction"),
    path("violations/<int:pk>/withdraw/", follow_up.violation_withdraw, name="violation_withdraw"),
    path("measures/<int:pk>/verify/", follow_up.measure_verify, name="measure_verify"),
]
