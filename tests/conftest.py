"""What holds for all tests."""

from __future__ import annotations

import signal

# A shell that starts a job in the background lets it ignore interrupts, and its children inherit that: the tests that
# interrupt a batch would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
