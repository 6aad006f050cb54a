"""Warnings about what is in a file and not in raw: one meaning, one wording, whatever the format."""

from __future__ import annotations

from docparse.records import Warning

_HIDDEN_CHARACTERS = 200  # below it, what is hidden is a mark or two


def hidden_warning(characters: int) -> tuple[Warning, ...]:
    """The warning `hidden-text` where so many characters are more than marks, else nothing."""
    if characters <= _HIDDEN_CHARACTERS:
        return ()
    return (Warning(code="hidden-text", message=f"The document hides {characters} characters; left out."),)


def changes_warning(*, inserted: int, deleted: int, moved: int = 0) -> tuple[Warning, ...]:
    """The warning `tracked-changes` where there are any; a moved passage is read once, where it stands now."""
    if not inserted + deleted + moved:
        return ()
    message = (
        f"The document has tracked changes: {inserted} insertions read, {deleted} deletions left out,"
        f" {moved} moved passages read once, where they stand now."
    )
    return (Warning(code="tracked-changes", message=message),)


def comments_warning(comments: int) -> tuple[Warning, ...]:
    """The warning `comments-left-out` where there are any."""
    if not comments:
        return ()
    return (Warning(code="comments-left-out", message=f"{comments} comments were left out."),)
