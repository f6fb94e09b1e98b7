from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "tuoitho.budget"
    label = "budget"
