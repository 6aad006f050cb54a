"""A folder that nobody has cleaned, of 2,000 inputs; `tests/bench/batch.py` alone reads 20,000."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_two_thousand_messy_inputs(tmp_path: Path) -> None:
    """Read whole, each accounted for once, the parent under 300 MB, the second run under 5 % of the first."""
    command = [sys.executable, str(ROOT / "tests" / "bench" / "batch.py"), "--files", "2000", "--speedup", "0"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "cli")))}
    done = subprocess.run(
        [*command, "--folder", str(tmp_path), "--timeout", "5"], env=environment, capture_output=True, text=True,
        timeout=1800, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "each_input_once=True  as_expected=True" in done.stdout
    (peak,) = re.findall(r"parent_peak_mib=(\d+)", done.stdout)
    assert 10 < int(peak) < 300
