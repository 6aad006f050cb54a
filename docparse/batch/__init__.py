"""Many files at once: `run` reads them in worker processes into one folder; `search`, `ask` and `export` read that."""

from docparse.batch.query import Answer, Hit, ask, export, search
from docparse.batch.records import BatchReport, Event, Failure, Limits
from docparse.batch.runner import run
from docparse.batch.watch import watch

__all__ = ["Answer", "BatchReport", "Event", "Failure", "Hit", "Limits", "ask", "export", "run", "search", "watch"]
