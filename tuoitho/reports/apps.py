from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tuoitho.reports"
    label = "reports"
