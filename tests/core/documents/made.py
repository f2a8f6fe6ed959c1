"""Small documents made for tests, byte by byte where a library would not make what is wanted."""

import io
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def pdf(*pages, title="", encoding="latin-1", page="", more=()):
    """A PDF with a content stream a page; fonts F1 (Helvetica) at hand.

    `page` goes into each page's dictionary, `more` are objects after those of the pages.
    """
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    kids = []
    for stream in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {page} /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    objects += [*more, f"<< /Title ({title}) >>"]
    return _assembled(objects, encoding)


def _assembled(objects, encoding):
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode(encoding)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    return bytes(out + f"startxref\n{start}\n%%EOF\n".encode())


def words(text, *, y=700, size=12, before=""):
    """A content stream that writes one line."""
    return f"BT {before} /F1 {size} Tf 1 0 0 1 72 {y} Tm ({text}) Tj ET"


def archive(members, *, compression=zipfile.ZIP_DEFLATED):
    """A zip file of names and texts or bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body, **more):
    """A Word file with this inside its body."""
    document = f'<w:document xmlns:w="{W}" xmlns:m="{M}"><w:body>{body}</w:body></w:document>'
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{relation}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": document,
            **more,
        }
    )


def run(text, properties=""):
    """A run of a Word file in a paragraph of its own."""
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def odf(body, styles="", mimetype="application/vnd.oasis.opendocument.text", **more):
    """An OpenDocument file with this inside its body."""
    names = {
        "office": "office:1.0", "text": "text:1.0", "table": "table:1.0", "style": "style:1.0",
        "draw": "drawing:1.0", "fo": "xsl-fo-compatible:1.0",
    }  # fmt: skip
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}"' for name, space in names.items()
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return archive({"mimetype": mimetype, "content.xml": content, **more})


def epub(chapters, **more):
    """A book of chapters, given as the inside of their bodies."""
    items = "".join(
        f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata><dc:title>The Book</dc:title></metadata><manifest>{items}</manifest>"
        f"<spine>{order}</spine></package>"
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    pages = {f"OPS/c{n}.xhtml": f"<html><body>{text}</body></html>" for n, text in enumerate(chapters)}
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "OPS/book.opf": package,
    }
    return archive({**members, **pages, **more})


def mail(text, *, html="", attachments=()):
    """A mail as it is sent."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "Ada <ada@example.com>",
        "bob@example.com",
        "发布计划",
    )
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes(policy=SMTP)
