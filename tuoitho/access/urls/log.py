"""/audit/: the log."""

from django.urls import path

from tuoitho.access.views import log as views

app_name = "audit"
urlpatterns = [
    path("", views.event_list, name="event_list"),
    path("children/<int:child>/", views.child_panel, name="child_panel"),
]
