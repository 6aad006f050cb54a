"""Compound files: Word 97 to 2003, WPS Writer, and what other programs can read of the rest."""
