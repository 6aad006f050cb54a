"""Which files a batch reads: folders to the bottom, files, globs; a stream in sorted order, never a list."""

from __future__ import annotations

import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator

from docparse.batch.keys import shown
from docparse.batch.records import Failure, Found, Place, make_failure

Inputs = Iterable[str | os.PathLike[str]] | str | os.PathLike[str]
_LITTER = re.compile(r"(?:\.DS_Store|Thumbs\.db|desktop\.ini|~\$.{1,200}|\._.{1,200})", re.IGNORECASE)
_GLOB = re.compile(r"[*?\[]")


def find_inputs(inputs: Inputs, *, out: str | os.PathLike[str] | None = None) -> Iterator[Found | str]:
    """Each file that `inputs` name, and behind them, as a string, each folder of `inputs` that could be listed.

    What cannot be read is found too, with its failure, so that nothing goes missing in silence. Links to folders are
    not followed, because they may form a circle; they and the litter of systems are found as `skipped`.

    Args:
        inputs: files, folders, and globs (`**` reaches into folders); names are kept as they are written.
        out: the batch's own folder; nothing below it is found.
    """
    own = None if out is None else os.path.realpath(out)
    for item in [inputs] if isinstance(inputs, str | os.PathLike) else inputs:
        name = os.path.normpath(os.fspath(item))
        for path in _expand(name):
            yield from _walk(path, own) if os.path.isdir(path) else _file(path, own)  # noqa: PTH112


def is_litter(name: str) -> bool:
    """Whether a file is one that systems leave behind: never a document, whatever its suffix."""
    return _LITTER.fullmatch(name) is not None


def _expand(name: str) -> Iterator[str]:
    if _GLOB.search(name) and not os.path.lexists(name):
        matches = sorted(glob.iglob(name, recursive=True, include_hidden=True))  # noqa: PTH207 - Path.glob wants a root
        if matches:
            yield from matches
            return
    yield name


def _walk(folder: str, own: str | None) -> Iterator[Found | str]:
    """Depth first, each folder's names sorted. Only the names of the folders on the way are held."""
    waiting = [folder]
    while waiting:
        parent = waiting.pop()
        if own is not None and _inside(parent, own):
            continue
        try:
            with os.scandir(parent) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Found(place=_place(parent), failure=_refused(parent, error))
            continue
        below = []
        for entry in entries:
            if _is_folder(entry):
                below.append(os.path.join(parent, entry.name))  # noqa: PTH118 - Path would drop a leading ./
            else:
                yield from _entry(entry, own)
        if parent == folder:
            yield folder
        waiting.extend(reversed(below))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _entry(entry: os.DirEntry[str], own: str | None) -> Iterator[Found]:
    if is_litter(entry.name) or (entry.is_symlink() and os.path.isdir(entry.path)):  # noqa: PTH112
        yield Found(place=_place(entry.path), state="skipped")
    else:
        yield from _file(entry.path, own if entry.is_symlink() else None)


def _file(path: str, own: str | None) -> Iterator[Found]:
    place = _place(path)
    try:
        status = os.stat(path)  # noqa: PTH116 - twice as fast as Path.stat, and called for every file
    except (OSError, ValueError) as error:
        yield Found(place=place, failure=_refused(path, error))
        return
    if own is not None and _inside(path, own):
        return
    if not stat.S_ISREG(status.st_mode):  # a pipe or a device may never end
        yield Found(
            place=place,
            failure=make_failure(place.path, "unreadable-file", "Neither a file nor a folder.", "Give a file."),
        )
        return
    yield Found(place=place, size=status.st_size, modified_ns=status.st_mtime_ns)


def _inside(path: str, own: str) -> bool:
    # realpath and not Path.resolve: a link to itself must stay in the list and be refused, not end the batch.
    real = os.path.realpath(path)
    return real == own or real.startswith(own.rstrip(os.sep) + os.sep)


def _place(path: str) -> Place:
    file = os.fsencode(path)
    return Place(path=shown(file), file=file)


def _refused(path: str, error: OSError | ValueError) -> Failure:
    name = shown(os.fsencode(path))
    if isinstance(error, FileNotFoundError):
        return make_failure(name, "file-not-found", f"There is no file {name}.", "Check the name.")
    if isinstance(error, PermissionError):
        return make_failure(name, "no-permission", f"You may not read {name}.", "Check the file's rights.")
    return make_failure(
        name, "unreadable-file", f"{name} cannot be read ({error.__class__.__name__}).", "Check the path."
    )
