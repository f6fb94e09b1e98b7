from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "tuoitho.units"
    label = "units"
