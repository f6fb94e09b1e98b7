from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tuoitho.ui"
    label = "ui"
