"""Addresses of the register of workplaces."""

from django.urls import path

from tuoitho.establishments.views import happenings, register

app_name = "establishments"
urlpatterns = [
    path("", register.establishment_list, name="establishment_list"),
    path("new/", register.establishment_new, name="establishment_new"),
    path("<int:pk>/", register.establishment_detail, name="establishment_detail"),
    path("<int:pk>/edit/", register.establishment_edit, name="establishment_edit"),
    path("<int:pk>/close/", happenings.establishment_close, name="establishment_close"),
    path("<int:pk>/reopen/", happenings.establishment_reopen, name="establishment_reopen"),
    path("<int:pk>/guidance/", happenings.guidance_new, name="guidance_new"),
    path("<int:pk>/commitment/", happenings.commitment_new, name="commitment_new"),
    path("villages/", happenings.village_list, name="village_list"),
    path("villages/new/", happenings.village_new, name="village_new"),
]
