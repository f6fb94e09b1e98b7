"""The folder in which everything this installation keeps lies: database, files, keys."""

import os
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """``TUOITHO_DATA``, by default a folder in the user's data directory; made if missing."""
    given = os.environ.get("TUOITHO_DATA", "")
    folder = Path(given) if given else Path(platformdirs.user_data_dir("tuoitho"))
    folder = folder.expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    return folder
