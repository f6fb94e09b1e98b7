from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "tuoitho.dashboard"
    label = "dashboard"
