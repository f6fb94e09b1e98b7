"""Addresses of the figures."""

from django.urls import path

from tuoitho.indicators.views import grounds, lists, snapshots, targets

app_name = "indicators"
urlpatterns = [
    path("", targets.target_table, name="target_table"),
    path("targets/<str:code>/", targets.target_detail, name="target_detail"),
    path("targets/<str:code>/rows/", lists.target_list, name="target_list"),
    path("baselines/", grounds.baseline_list, name="baseline_list"),
    path("baselines/new/", grounds.baseline_new, name="baseline_new"),
    path("baselines/<int:pk>/remove/", grounds.baseline_remove, name="baseline_remove"),
    path("surveys/", grounds.survey_list, name="survey_list"),
    path("surveys/new/", grounds.survey_new, name="survey_new"),
    path("snapshots/", snapshots.snapshot_list, name="snapshot_list"),
    path("snapshots/new/", snapshots.snapshot_new, name="snapshot_new"),
    path("snapshots/<int:pk>/", snapshots.snapshot_detail, name="snapshot_detail"),
]
