"""Text, Markdown, and tables as text."""
