"""/activities/: communication, training, products and models."""

from django.urls import path

from tuoitho.activities.views import activities as views
from tuoitho.activities.views import establishments

app_name = "activities"
urlpatterns = [
    path("", views.activity_list, name="activity_list"),
    path("new/", views.activity_new, name="activity_new"),
    path("people/", views.reach_list, name="reach_list"),
    path("<int:pk>/", views.activity_detail, name="activity_detail"),
    path("<int:pk>/record/", views.activity_record, name="activity_record"),
    path(
        "<int:pk>/establishments/add/", establishments.establishment_add, name="establishment_add"
    ),
    path(
        "<int:pk>/establishments/<int:establishment>/remove/",
        establishments.establishment_remove,
        name="establishment_remove",
    ),
    path("<int:pk>/cancel/", views.activity_cancel, name="activity_cancel"),
]
