"""The web application for gunicorn; started by ``tuoitho run``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoitho.config.settings")
application = get_wsgi_application()
