from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tuoitho.portal"
    label = "portal"
