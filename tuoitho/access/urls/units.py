"""/units/: units, organisations, outlines."""

from django.urls import path

from tuoitho.access.views import units as views

app_name = "units"
urlpatterns = [
    path("", views.unit_list, name="unit_list"),
    path("<int:pk>/", views.unit_detail, name="unit_detail"),
    path("<int:pk>/outlines.json", views.outlines_of, name="outlines"),
    path("organisations/", views.organisation_list, name="organisation_list"),
    path("organisations/new/", views.organisation_new, name="organisation_new"),
]
