from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tuoitho.people"
    label = "people"
