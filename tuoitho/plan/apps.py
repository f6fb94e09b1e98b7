from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "tuoitho.plan"
    label = "plan"
