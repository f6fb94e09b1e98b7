from django.urls import path

from tuoitho.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.job_list, name="job_list"),
    path("<uuid:pk>/", views.job_detail, name="job_detail"),
    path("<uuid:pk>/file/", views.export_open, name="export_open"),
    path("<uuid:pk>/stop/", views.job_stop, name="job_stop"),
]
