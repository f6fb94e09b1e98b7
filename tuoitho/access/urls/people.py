"""/access/: accounts and roles."""

from django.urls import path

from tuoitho.access.views import people as views

app_name = "access"
urlpatterns = [
    path("", views.user_list, name="user_list"),
    path("new/", views.user_new, name="user_new"),
    path("<int:pk>/", views.user_detail, name="user_detail"),
    path("<int:pk>/assign/", views.assignment_new, name="assignment_new"),
    path("assignments/<int:pk>/end/", views.assignment_end, name="assignment_end"),
]
