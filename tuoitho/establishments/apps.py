from django.apps import AppConfig


class EstablishmentsConfig(AppConfig):
    name = "tuoitho.establishments"
    label = "establishments"
