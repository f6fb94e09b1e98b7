from django.urls import path

from tuoitho.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notice_list, name="notice_list"),
    path("read/", views.all_read, name="all_read"),
    path("settings/", views.settings_edit, name="settings_edit"),
    path("<uuid:pk>/", views.notice_open, name="notice_open"),
]
