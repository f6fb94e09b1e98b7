"""/activities/: communication, training, products and models."""

from django.urls import path

from tuoitho.activities import views

app_name = "activities"
urlpatterns = [
    path("", views.activity_list, name="activity_list"),
    path("new/", views.activity_new, name="activity_new"),
    path("people/", views.reach_list, name="reach_list"),
    path("<int:pk>/", views.activity_detail, name="activity_detail"),
    path("<int:pk>/record/", views.activity_record, name="activity_record"),
    path("<int:pk>/cancel/", views.activity_cancel, name="activity_cancel"),
]
