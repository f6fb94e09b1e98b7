from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "tuoitho.inspections"
    label = "inspections"
