"""The command line's package is importable from a checkout too."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "cli"))
