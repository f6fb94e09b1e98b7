from django.apps import AppConfig


class RoundsConfig(AppConfig):
    name = "tuoitho.rounds"
    label = "rounds"
