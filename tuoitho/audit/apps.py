from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "tuoitho.audit"
    label = "audit"
