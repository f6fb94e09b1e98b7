"""Every address of the system, a room a line."""

from django.urls import include, path

from tuoitho.config.views import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("access/", include("tuoitho.access.urls.people")),
    path("units/", include("tuoitho.access.urls.units")),
    path("audit/", include("tuoitho.access.urls.log")),
]
