"""`python -m tuoitho.law assess|show|cases|docs`."""

import sys

from tuoitho.law.stream import main

sys.exit(main(sys.argv[1:]))
