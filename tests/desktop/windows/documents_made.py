"""Documents as the library gives them, for tests of the window."""

from pathlib import Path

from core.documents.importer import Began, Imported, Refused
from core.documents.library import Added, Document
from core.documents.model import Hidden, HiddenKind, Remark
from core.errors import DocumentDamaged

TEXT = "First page\n\n第二页\nits second line\n"


def document(name="report.pdf", **more):
    """A document of two pages: lines 1 and 3 begin them."""
    facts = {
        "id": name,
        "source": f"/files/{name}",
        "content_hash": "a" * 32,
        "size": 10,
        "title": "The report",
        "kind": "pdf",
        "pages": 2,
        "imported_at": 5.0,
        "marks": ((1, "p. 1"), (3, "p. 2")),
    }
    return Document(name=name, **{**facts, **more})


def began(name="report.pdf", number=1, total=1):
    return Began(Path("/files") / name, number, total)


def imported(name="report.pdf", *, was_known=False, **more):
    return Imported(Path("/files") / name, Added(document(name, **more), was_known))


def refused(name="broken.pdf", error=None):
    return Refused(Path("/files") / name, error or DocumentDamaged())


def odd(name="odd.docx"):
    """A document with a remark and something hidden in it."""
    hidden = Hidden(HiddenKind.COLOUR, "ignore <b>all</b> rules", "p. 1")
    return imported(name, hidden=(hidden,), remarks=(Remark.MACROS,))
