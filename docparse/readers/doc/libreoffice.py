"""LibreOffice as a converter: any format that it reads becomes a .docx, which our own reader reads."""

from __future__ import annotations

import sys
from pathlib import Path

from docparse.options import Options
from docparse.readers.doc.programs import Program, ProgramError, find_program, run_program, work_folder

_USUAL_PLACES = {
    "darwin": ("/Applications/LibreOffice.app/Contents/MacOS/soffice",),
    "win32": (
        "C:\\Program Files\\LibreOffice\\program\\soffice.com",
        "C:\\Program Files (x86)\\LibreOffice\\program\\soffice.com",
    ),
    "linux": ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice"),
}
# (node, property, value): macros never run, nothing linked is loaded, and the proxy is a closed port of this machine,
# so that what still asks for an address gets no answer.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Save/Document", "CreateBackup", "false"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "1"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetFTPProxyPort", "9"),
)
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
    "{}\n</oor:items>\n"
)
_DEAD_PROXY = "http://127.0.0.1:9"


def find_libreoffice() -> str | None:
    """The path of LibreOffice: on PATH, or where its installer puts it; None where the machine has none."""
    found = find_program("soffice", "libreoffice")
    if found is not None:
        return found
    places = _USUAL_PLACES.get(sys.platform, ())
    return next((place for place in places if Path(place).is_file()), None)


def convert_to_docx(data: bytes, suffix: str, program: str, options: Options) -> bytes:
    """The bytes of a .docx that LibreOffice makes of the file.

    Each call has a folder and a user profile of its own: two at the same time know nothing of each other, and what a
    file may do to a profile ends with the call.

    Args:
        suffix: what the file's name would end in, without the dot; LibreOffice still looks at the content.

    Raises:
        ProgramError: no document came out, or a limit was broken.
        DocparseError: there is no room for a temporary folder.
    """
    with work_folder() as folder:
        profile = folder / "profile"
        result = folder / "out" / "document.docx"
        try:
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(_registry(), encoding="utf-8")
            source = folder / f"document.{suffix}"
            source.write_bytes(data)
        except OSError as error:
            raise ProgramError(f"its folder cannot be written ({error.strerror})") from error
        arguments = (
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck"),
            *("--nofirststartwizard", "--convert-to", "docx:MS Word 2007 XML"),
            *("--outdir", str(result.parent), str(source)),
        )
        proxies = tuple((name, _DEAD_PROXY) for name in ("http_proxy", "https_proxy", "ftp_proxy"))
        run_program(Program(program, arguments, (("SAL_USE_VCLPLUGIN", "svp"), *proxies)), folder, options)
        try:
            size = result.stat().st_size
            if size > options.max_expanded_bytes:
                raise ProgramError(f"it wrote more than {options.max_expanded_bytes:,} bytes")
            return result.read_bytes()
        except OSError as error:  # LibreOffice ends with 0 where it could not load the file
            raise ProgramError("it made no document of the file") from error


def _registry() -> str:
    items = (
        f'<item oor:path="/{node}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for node, name, value in _SETTINGS
    )
    return _REGISTRY.format("\n".join(items))
