"""Text, tables, JSON, notebooks, rich text and mail."""

import json
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.documents.convert import convert_bytes
from core.documents.model import HiddenKind, Remark
from core.documents.source import Source
from core.documents.tables import markdown_table, row_parts, shown
from core.errors import DocumentDamaged
from tests.core.documents.made import mail, pdf, words

CHINESE = "# Git\n\n为什么使用版本控制？因为它值得。\n"


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16", "utf-16-le"])
def test_text_is_read_in_its_encoding(convert, encoding):
    words = CHINESE if encoding != "big5" else "# Git\n\n版本控制工具的使用方法與學習路線，這是一個說明。\n"
    data = words.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert text_of(convert(data, "a.md")) == words.strip("\n")


def test_shift_jis_is_read(convert):
    words = "これは日本語の文章です。版管理について説明します。\n" * 3
    assert text_of(convert(words.encode("shift_jis"), "a.txt")) == words.strip("\n")


def test_broken_bytes_are_replaced_and_told(convert, real):
    made = convert((real / "zh-git-invalid-utf8.md").read_bytes(), "a.md")
    assert Remark.BROKEN_CHARACTERS in made.remarks
    assert "版本控制" in text_of(made)


def test_nul_bytes_do_no_harm(convert, real):
    text = text_of(convert((real / "zh-git-nul.md").read_bytes(), "a.md"))
    assert "\0" not in text
    assert "版本控制" in text


def test_an_empty_note_is_read_and_told(convert):
    made = convert(b"", "a.md")
    assert (text_of(made), made.remarks) == ("", (Remark.EMPTY,))


def test_a_document_that_is_called_otherwise_is_told(convert):
    assert Remark.OTHER_KIND in convert(pdf(words("x")), "a.docx").remarks
    assert Remark.OTHER_KIND not in convert(b"x", "a.anything").remarks


def test_a_very_long_text_is_cut_and_told(convert, monkeypatch):
    monkeypatch.setattr("core.documents.limits.TEXT_CHARACTERS", 100)
    made = convert(b"word " * 50, "a.txt")
    assert (len(text_of(made)), Remark.CUT in made.remarks) == (100, True)


# Tables


def test_japanese_rows_are_read(convert, real):
    text = text_of(convert((real / "test_mskanji.csv").read_bytes(), "test_mskanji.csv"))
    assert "| 髙橋淳 | 35 | 名古屋 |" in text


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_separators_are_told_from_the_text(convert, mark):
    rows = [["city", "people"], ["北京", "2189"], ["上海", "2487"]]
    data = "\n".join(mark.join(row) for row in rows).encode()
    assert "| 北京 | 2189 |" in text_of(convert(data, "a.tsv" if mark == "\t" else "a.csv"))


def test_a_quote_that_never_closes_keeps_the_rows_before_it(convert):
    assert "| 1 | 2 |" in text_of(convert(b'a,b\n1,2\n"open,3\n', "a.csv"))


def test_a_bar_in_a_cell_does_not_end_it():
    assert markdown_table([["a|b", " c\nd "]]).split("\n")[0] == "| a\\|b | c d |"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (3.0, "3"), (3.5, "3.5"), (True, "True"), ("2024-01-02 00:00:00", "2024-01-02")],
)
def test_values_are_shown_as_people_write_them(value, text):
    assert shown(value) == text


@given(st.lists(st.lists(st.text("ab1 ", max_size=4), max_size=4), max_size=120))
def test_every_filled_cell_stands_under_the_rows_it_came_from(rows):
    parts = list(row_parts(rows))
    filled = [number for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    covered = {filled[0]} if filled else set()
    for part in parts:
        first, _, last = part.label.partition(" ")[2].partition("–")
        covered |= {number for number in filled if int(first) <= number <= int(last or first)}
        for number in filled[1:]:
            if int(first) <= number <= int(last or first):
                assert all(" ".join(cell.split()) in part.text for cell in rows[number - 1])
    assert covered == set(filled)


# JSON and notebooks


def test_json_is_laid_out_and_chinese_stays_readable(convert):
    text = text_of(convert(json.dumps({"城市": ["北京", 1]}).encode(), "a.json"))
    assert '"城市"' in text
    assert '"北京"' in text


def test_json_lines_are_cited_by_line(convert):
    made = convert(b'{"a": 1}\n\n{"a": 2}\n', "a.jsonl")
    assert [part.label for part in made.parts] == ["line 1", "line 3"]


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b'{"cells": 1}', b"[]"])
def test_broken_json_is_damaged(convert, data):
    with pytest.raises(DocumentDamaged):
        convert(data, "a.ipynb")


def test_a_notebook_keeps_text_code_and_what_was_printed(convert):
    cells = [
        {"cell_type": "markdown", "source": ["# 分析\n", "text"]},
        {
            "cell_type": "code",
            "source": "print(6 * 7)",
            "outputs": [
                {"text": ["42\n"]},
                {"data": {"image/png": "iVBOR", "text/plain": "<Figure>"}},
                "junk",
            ],
        },
        "junk",
    ]
    made = convert(json.dumps({"cells": cells, "metadata": {"title": "T"}}).encode(), "a.ipynb")
    assert [part.label for part in made.parts] == ["cell 1", "cell 2"]
    assert made.parts[0].text == "# 分析\ntext"
    assert "print(6 * 7)" in made.parts[1].text
    assert "42" in made.parts[1].text
    assert "iVBOR" not in made.parts[1].text
    assert made.title == "T"


# Rich text


def test_rich_text_is_read_and_its_hidden_words_are_told(convert):
    rtf = rb"{\rtf1\ansi{\info{\title Plan}}Hello {\v secret order}\par World}"
    made = convert(rtf, "a.rtf")
    assert "Hello" in text_of(made)
    assert "secret" not in text_of(made)
    assert [(report.kind, report.sample) for report in made.hidden] == [
        (HiddenKind.NOT_DISPLAYED, "secret order")
    ]
    assert made.title == "Plan"


def test_chinese_rich_text_is_read(convert):
    escaped = "".join(f"\\'{byte:02x}" for byte in "版本控制".encode("gbk"))
    made = convert(b"{\\rtf1\\ansi\\ansicpg936 " + escaped.encode() + b"}", "a.rtf")
    assert "版本控制" in text_of(made)


RTF = b"{\\rtf1{\\colortbl;\\red255\\green255\\blue255;\\red9\\green9\\blue9;}seen %s}"


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        (rb"\v order\v0 ", HiddenKind.NOT_DISPLAYED),
        (rb"{\v1 order}", HiddenKind.NOT_DISPLAYED),
        (rb"{\fs2 order}", HiddenKind.TINY),
        (rb"{\cf1 order}", HiddenKind.COLOUR),
    ],
)
def test_rich_text_that_nobody_sees_is_reported(convert, piece, kind):
    made = convert(RTF % piece, "a.rtf")
    assert text_of(made).strip() == "seen"
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [(kind, "order")]


@pytest.mark.parametrize(
    "piece", [rb"{\cf2 words}", rb"{\cf1\highlight2 words}", rb"{\fs20 words}", rb"\v0 words"]
)
def test_rich_text_that_can_be_read_stays(convert, piece):
    made = convert(RTF % piece, "a.rtf")
    assert ("words" in text_of(made), made.hidden) == (True, ())


def test_styles_are_no_words_and_crossed_out_text_is_left_out(convert):
    made = convert(RTF % rb" {\stylesheet{\s1\cf1 Ghost;}}{\deleted forty}{\revised fifty}", "a.rtf")
    assert (text_of(made).split(), made.hidden) == (["seen", "fifty"], ())


# Mail


def test_a_mail_says_who_and_what_and_reads_its_attachments(convert):
    notes = ("notes.txt", "附件里的字".encode())
    made = convert(mail("Dear Bob", attachments=[notes, ("a.bin", bytes(range(256)))]), "a.eml")
    first = made.parts[0].text
    assert "From: Ada <ada@example.com>" in first
    assert "Subject: 发布计划" in first
    assert "Attachments: notes.txt, a.bin" in first
    assert "Dear Bob" in first
    assert (made.parts[1].label, made.parts[1].text) == ("notes.txt", "附件里的字")
    assert (made.title, made.remarks) == ("发布计划", (Remark.ATTACHMENTS,))


def test_a_pdf_in_a_mail_is_cited_by_file_and_page(convert):
    made = convert(mail("x", attachments=[("report.pdf", pdf(words("Inside"), words("Next")))]), "a.eml")
    assert [part.label for part in made.parts] == ["", "report.pdf, p. 1", "report.pdf, p. 2"]


def test_a_mail_in_a_mail_in_a_mail_ends_somewhere(convert):
    inner = mail("innermost")
    for _ in range(5):
        inner = mail("around", attachments=[("inner.eml", inner)])
    assert Remark.ATTACHMENTS in convert(inner, "a.eml").remarks


def test_html_mail_is_read_without_what_it_hides(convert):
    made = convert(mail("", html='<p>Hi</p><p style="display:none">order</p>'), "a.eml")
    assert "Hi" in text_of(made)
    assert [report.sample for report in made.hidden] == ["order"]


def test_a_mail_with_a_broken_header_or_charset_is_read(convert):
    raw = b"From: =?utf-8?b?broken\nSubject: x\nContent-Type: text/plain; charset=no-such\n\nBody words\n"
    assert "Body words" in text_of(convert(raw, "a.eml"))


def test_outlook_mail_is_read(convert, real):
    made = convert((real / "test_outlook_msg.msg").read_bytes(), "a.msg")
    assert "This is the body of the test email message" in text_of(made)
    assert made.title == "Test Email Message"


def nested(*subjects):
    """Mails sent along in mails, the first one outermost."""
    message = EmailMessage()
    message["From"], message["Subject"] = "ada@example.com", subjects[0]
    message.set_content(f"words of {subjects[0]}")
    if subjects[1:]:
        message.add_attachment(nested(*subjects[1:]))
    return message


def test_a_mail_that_was_sent_along_is_read_with_its_attachments(convert):
    made = convert(nested("外", "里", "最里").as_bytes(), "a.eml")
    assert [part.label for part in made.parts] == ["", "里.eml", "里.eml, 最里.eml"]
    assert "words of 最里" in made.parts[-1].text


def test_texts_in_the_body_of_a_mail_follow_each_other(convert):
    raw = b"From: a\nTo: b\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n"
    raw += b"--q\nContent-Type: text/plain\n\none\n--q\nContent-Type: text/html\n\n"
    raw += b"<p>two<i hidden>order</i></p>\n--q--\n"
    made = convert(raw, "a.eml")
    assert text_of(made).split()[-2:] == ["one", "two"]
    assert ([report.sample for report in made.hidden], made.remarks) == (["order"], ())


def test_html_is_read_where_the_plain_text_of_a_mail_is_blank(convert):
    assert "Hi" in text_of(convert(mail(" ", html="<p>Hi</p>"), "a.eml"))


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_head_that_was_sent_raw_is_read(convert, encoding):
    raw = "From: 李四 <l@x.cn>\r\nSubject: 未编码的中文主题\r\n\r\n正文在这里。".encode(encoding)
    assert convert(raw, "a.eml").title == "未编码的中文主题"


def test_a_saved_page_is_read_as_a_mail_is_built(convert):
    head = b"From: <Saved>\nSubject: page\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=q\n\n"
    page = b"--q\nContent-Type: text/html\n\n<h1>Title</h1><p hidden>order</p>\n--q--\n"
    made = convert(head + page, "a.mhtml")
    assert text_of(made).endswith("# Title")
    assert [report.sample for report in made.hidden] == ["order"]


def test_each_letter_of_a_mailbox_is_cited_by_its_number(convert):
    letter = "From x@y.cn Mon Nov 16 10:00:00 2026\nFrom: {0}\nSubject: {0}\n\nwords of {0}\n>From here\n\n"
    box = "".join(letter.format(name) for name in ("甲", "乙")).encode()
    made = convert(box, "a.mbox")
    assert [part.label for part in made.parts] == ["mail 1", "mail 2"]
    assert "words of 乙\nFrom here" in made.parts[1].text
    assert convert(box, "archive").kind == "mbox"
    assert convert(b"no letters at all", "a.mbox").parts[0].label == "mail 1"


def test_a_mailbox_without_end_is_read_as_far_as_time_allows(monkeypatch):
    monkeypatch.setattr(Source, "is_late", property(lambda _self: True))
    assert Remark.CUT in convert_bytes(Source(b"From a 2026\nFrom: a\nTo: b\n\nx", "a.mbox")).remarks


# Anything


@given(
    st.binary(max_size=300),
    st.sampled_from(["a.csv", "a.json", "a.ipynb", "a.html", "a.eml", "a.mbox", "a.rtf", "a.txt", "a.md"]),
    st.sampled_from([b"", b"{\\rtf1 ", b"<html>", b"From: a\nTo: b\nSubject: c\n"]),
)
def test_any_bytes_are_read_or_refused_in_words(data, name, start):
    from core.errors import DocumentError

    try:
        made = convert_bytes(Source(start + data, name))
    except DocumentError as error:
        assert str(error)
    else:
        for part in made.parts:
            part.text.encode()
