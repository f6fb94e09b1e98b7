"""Every address of the system, a room a line."""

from django.urls import include, path

from tuoitho.config.views import healthz, password_help
from tuoitho.interop.api.routes import api

urlpatterns = [
    path("", include("tuoitho.portal.urls")),
    path("healthz", healthz, name="healthz"),
    # No mail is sent before the office has a mail server: the administrator gives a new password.
    path("accounts/password/reset/", password_help, name="password_help"),
    path("accounts/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
    path("access/", include("tuoitho.access.urls.people")),
    path("units/", include("tuoitho.access.urls.units")),
    path("activities/", include("tuoitho.activities.urls")),
    path("budget/", include("tuoitho.budget.urls")),
    path("audit/", include("tuoitho.access.urls.log")),
    path("people/", include("tuoitho.people.urls")),
    path("cases/", include("tuoitho.cases.urls")),
    path("establishments/", include("tuoitho.establishments.urls")),
    path("plan/", include("tuoitho.plan.urls")),
    path("api/v1/", api.urls),
    path("jobs/", include("tuoitho.jobs.urls")),
    path("notices/", include("tuoitho.notices.urls")),
    path("interop/", include("tuoitho.interop.urls")),
    path("inspections/", include("tuoitho.inspections.urls")),
    path("rounds/", include("tuoitho.rounds.urls")),
    path("hom-nay/", include("tuoitho.dashboard.urls")),
    path("indicators/", include("tuoitho.indicators.urls")),
    path("reports/", include("tuoitho.reports.urls")),
]
