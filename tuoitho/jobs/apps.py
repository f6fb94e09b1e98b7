from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "tuoitho.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Read the file ``jobs.py`` of every room: there it registers its works."""
        autodiscover_modules("jobs")
