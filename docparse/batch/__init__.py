"""Many files at once: `run` reads them in worker processes and writes one folder of results."""

from docparse.batch.inputs import find_inputs
from docparse.batch.records import BatchReport, Event, Failure
from docparse.batch.runner import run

__all__ = ["BatchReport", "Event", "Failure", "find_inputs", "run"]
