"""A sound copy of a PDF that pypdf cannot open, written by pdfium in a process of its own.

pdfium rebuilds lost cross-reference tables and opens AES without a further library; but it may abort on hostile files,
so it works behind limits of memory and time where it takes nobody with it. The copy is then checked like any file.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from docparse.options import Options

_CHILD = Path(__file__).with_name("mend_child.py")
_MOST_SECONDS = 20
_MOST_MEMORY_BYTES = 1_500_000_000
_PASSWORD = 3  # the child's exit code for a file that needs one


class PasswordNeededError(Exception):
    """The file opens with a password only."""


def mend_pdf(data: bytes, options: Options) -> bytes | None:
    """A copy of the file without encryption and with a sound table of its objects; None where pdfium cannot.

    Raises:
        PasswordNeededError: a password is wanted.
    """
    if not sys.executable:
        return None
    memory = min(options.max_memory_bytes, _MOST_MEMORY_BYTES)
    # -P keeps this folder off the child's path: its html.py and text.py would hide the standard library's.
    command = [sys.executable, "-P", str(_CHILD), str(memory)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=min(options.max_seconds, _MOST_SECONDS),
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError):
        return None
    if done.returncode == _PASSWORD:
        raise PasswordNeededError
    if done.returncode or not done.stdout or len(done.stdout) > options.max_bytes:
        return None
    return done.stdout
