"""What the Office formats have in common."""

from __future__ import annotations

from xml.etree import ElementTree

from core.documents.archive import Archive
from core.documents.clean import one_line
from core.errors import DocumentDamaged

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def core_title(archive: Archive) -> str:
    """Return the title in a file's properties; empty where there is none."""
    return title_in(archive, "docProps/core.xml")


def title_in(archive: Archive, member: str) -> str:
    """Return the Dublin Core title in an XML member of an archive; empty where there is none."""
    if member not in archive:
        return ""
    try:
        found = ElementTree.fromstring(archive.xml(member)).find(f".//{_TITLE}")
    except (ElementTree.ParseError, DocumentDamaged):
        return ""
    return one_line("".join(found.itertext())) if found is not None else ""
