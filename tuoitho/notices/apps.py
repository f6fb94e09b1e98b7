from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "tuoitho.notices"
    label = "notices"
