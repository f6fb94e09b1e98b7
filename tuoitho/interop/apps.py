from django.apps import AppConfig


class InteropConfig(AppConfig):
    name = "tuoitho.interop"
    label = "interop"
