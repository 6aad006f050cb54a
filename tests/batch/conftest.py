"""Worker processes inherit sys.path, so that they can import the fake parsers by name."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
