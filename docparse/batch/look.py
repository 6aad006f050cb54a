"""A look at one file before it is parsed: its hash, or what is inside an archive. Runs in a worker process."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator
from typing import IO, NamedTuple

import msgspec

from docparse.batch import archives
from docparse.batch.inputs import is_litter
from docparse.batch.keys import content_key
from docparse.batch.records import Limits, Looked, Place, make_failure
from docparse.errors import DocparseError, LimitExceededError
from docparse.options import Options

_RATIO_FROM_BYTES = 1024 * 1024


class Rules(NamedTuple):
    """The limits of a look."""

    options: Options
    limits: Limits


class _Budget:
    """What one outermost archive has used up of its limits."""

    def __init__(self, limits: Limits) -> None:
        self.entries = limits.archive_entries
        self.bytes = limits.archive_bytes


def look(place: Place, rules: Rules) -> Looked:
    """What lies at `place`, a file. Nothing here raises but OSError turned into a failure."""
    try:
        with open(place.file, "rb") as stream:  # noqa: PTH123 - Path takes no bytes
            status = os.fstat(stream.fileno())
            head = stream.read(8)
            stream.seek(0)
            if head.startswith(archives.ZIP_STARTS):
                found = _look_inside(stream, place, _Budget(rules.limits), rules)
                if found is not None:
                    return _with_status(found, status)
            if status.st_size > rules.options.max_bytes:
                raise _too_large(status.st_size, rules.options)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            looked = Looked(place=place, sha256=sha256, content=content_key(sha256, head, place.path))
            return _with_status(looked, status)
    except DocparseError as error:
        return _with_status(_failed(place, error), status)
    except OSError as error:
        reason = f"{place.path} cannot be read ({error.strerror or error})."
        code = "no-permission" if isinstance(error, PermissionError) else "unreadable-file"
        code = "file-not-found" if isinstance(error, FileNotFoundError) else code
        failure = make_failure(place.path, code, reason, "Check the path.")
        return Looked(place=place, failure=failure)


def _with_status(looked: Looked, status: os.stat_result) -> Looked:
    return _replaced(looked, size=status.st_size, modified_ns=status.st_mtime_ns)


def _replaced(looked: Looked, *, size: int, modified_ns: int) -> Looked:
    return msgspec.structs.replace(looked, size=size, modified_ns=modified_ns)


def _look_inside(stream: IO[bytes], place: Place, budget: _Budget, rules: Rules) -> Looked | None:
    """The members of an archive, or None where the zip file is a document or no whole zip file; `stream` at 0."""
    with archives.open_zip(stream) as archive:
        if archive is None or archives.is_package(archive.infolist()):
            stream.seek(0)
            return None
        infos = archive.infolist()
        if len(infos) > budget.entries:
            most = rules.limits.archive_entries
            error = LimitExceededError(
                "too-many-entries",
                f"The archive has more than {most:,} members.",
                "Unpack it and give the folder.",
            )
            return _failed(place, error)
        budget.entries -= len(infos)
        return Looked(place=place, archive=True, members=tuple(_members(archive, place, budget, rules)))


def _members(archive: zipfile.ZipFile, outer: Place, budget: _Budget, rules: Rules) -> Iterator[Looked]:
    infos = archive.infolist()
    for index, (info, name) in enumerate(zip(infos, archives.member_names(infos), strict=True)):
        if info.is_dir():
            continue
        place = Place(path=archives.shown_member(outer.path, name), file=outer.file, members=(*outer.members, index))
        if is_litter(archives.base_name(name)) or archives.is_link(info):
            yield Looked(place=place, size=info.file_size, skipped=True)
            continue
        try:
            _check(info, budget, rules)
            budget.bytes -= info.file_size
            yield _look_at_member(archive, info, place, budget, rules)
        except DocparseError as error:
            yield _replaced(_failed(place, error), size=info.file_size, modified_ns=0)


def _look_at_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, place: Place, budget: _Budget, rules: Rules
) -> Looked:
    chunks = archives.read_chunks(archive, info)
    first = next(chunks, b"")
    if first.startswith(archives.ZIP_STARTS):
        with archives.spool(_chained(first, chunks)) as inner:
            if len(place.members) < rules.limits.archive_depth:
                found = _look_inside(inner, place, budget, rules)
                if found is not None:
                    return _replaced(found, size=info.file_size, modified_ns=0)
            elif _is_archive(inner):
                raise LimitExceededError(
                    "archive-too-deep",
                    f"Archives lie inside each other more than {rules.limits.archive_depth} deep.",
                    "Unpack the outer archive and give the folder.",
                )
            inner.seek(0)
            digest = hashlib.file_digest(inner, "sha256")  # type: ignore[arg-type]
    else:
        digest = hashlib.sha256(first)
        for chunk in chunks:
            digest.update(chunk)
    if info.file_size > rules.options.max_bytes:
        raise _too_large(info.file_size, rules.options)
    sha256 = digest.hexdigest()
    return Looked(place=place, size=info.file_size, sha256=sha256, content=content_key(sha256, first, place.path))


def _is_archive(stream: IO[bytes]) -> bool:
    with archives.open_zip(stream) as archive:
        return archive is not None and not archives.is_package(archive.infolist())


def _chained(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _check(info: zipfile.ZipInfo, budget: _Budget, rules: Rules) -> None:
    """Raises: DocparseError where a member must not be unpacked."""
    if archives.is_encrypted(info):
        raise DocparseError("encrypted", "The archive's member is encrypted.", "Unpack it with its password.")
    ratio = rules.limits.archive_ratio
    if info.file_size > _RATIO_FROM_BYTES and info.file_size > ratio * max(info.compress_size, 1):
        raise LimitExceededError(
            "expansion-bomb",
            f"The member unpacks to {info.file_size // max(info.compress_size, 1):,} times its size.",
            "Real documents do not; do not open the file.",
        )
    if info.file_size > budget.bytes:
        raise LimitExceededError(
            "too-large-expanded",
            f"The archive unpacks to more than {rules.limits.archive_bytes:,} bytes.",
            "Unpack it and give the folder.",
        )


def _too_large(size: int, options: Options) -> LimitExceededError:
    return LimitExceededError(
        "too-large",
        f"The file has {size:,} bytes; the limit is {options.max_bytes:,}.",
        "Split the file, or raise Options.max_bytes.",
    )


def _failed(place: Place, error: DocparseError) -> Looked:
    failure = make_failure(place.path, error.code, error.message, error.advice)
    return Looked(place=place, failure=failure)
