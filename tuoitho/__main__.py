"""``python -m tuoitho`` is the command ``tuoitho``."""

import sys

from tuoitho.config.cli import main

sys.exit(main())
