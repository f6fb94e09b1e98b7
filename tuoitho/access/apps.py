from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "tuoitho.access"
    label = "access"
