"""/access/: accounts and roles."""

from django.urls import path

from tuoitho.access.views import people as views
from tuoitho.access.views import tokens

app_name = "access"
urlpatterns = [
    path("", views.user_list, name="user_list"),
    path("new/", views.user_new, name="user_new"),
    path("<int:pk>/", views.user_detail, name="user_detail"),
    path("<int:pk>/assign/", views.assignment_new, name="assignment_new"),
    path("tokens/", tokens.token_list, name="token_list"),
    path("tokens/new/", tokens.token_new, name="token_new"),
    path("tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("assignments/<int:pk>/end/", views.assignment_end, name="assignment_end"),
]
