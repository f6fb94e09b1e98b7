"""The web application for gunicorn; started by ``tuoitho run``."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tuoitho.config.settings")
application = get_wsgi_application()

# All screens are loaded now, not while the first person waits; and since they stay as long as the
# process, the garbage collector need not look through them again while somebody waits.
get_resolver().url_patterns  # noqa: B018 - a property that imports
gc.collect()
gc.freeze()
