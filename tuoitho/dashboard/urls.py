"""/hom-nay/: the first page of a day."""

from django.urls import path

from tuoitho.dashboard import views

app_name = "dashboard"
urlpatterns = [
    path("", views.today, name="today"),
    path("viec/", views.queue, name="queue"),
    path("chi-tieu/", views.targets, name="targets"),
]
