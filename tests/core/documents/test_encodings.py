"""Chinese and other text in the encodings it comes in, in every format that is text underneath."""

import base64
import json

import pytest

from core.documents.model import HiddenKind, Remark
from core.errors import DocumentDamaged
from tests.core.documents.made import archive, epub, odf

POEM = "镕基、喆、㛃：这些字在 GBK 与 GB18030 里，不在 GB2312 里。"
PLAIN = "今天的会议讨论了发布计划、价格与安全问题，大家同意周五之前完成。"


def text_of(converted):
    return "\n\n".join(part.text for part in converted.parts)


def letter(body, *, charset="", encoding="8bit", subject="x", kind="text/plain"):
    """A mail, byte by byte: what a library writes is too well formed."""
    said = f"; charset={charset}" if charset else ""
    payload = base64.encodebytes(body) if encoding == "base64" else body
    head = (
        f"From: a@example.com\r\nTo: b@example.com\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}{said}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + payload


# Mail


@pytest.mark.parametrize("charset", ["gb2312", "GBK", "gb18030"])
@pytest.mark.parametrize("encoding", ["8bit", "base64"])
def test_a_mail_in_any_of_the_chinese_charsets_is_read_to_the_last_character(convert, charset, encoding):
    made = convert(letter(POEM.encode("gb18030"), charset=charset, encoding=encoding), "a.eml")
    assert POEM in text_of(made)


@pytest.mark.parametrize("written_in", ["utf-8", "gbk", "gb18030"])
def test_a_mail_that_does_not_say_its_charset_is_read_as_it_looks(convert, written_in):
    assert PLAIN in text_of(convert(letter(PLAIN.encode(written_in)), "a.eml"))


@pytest.mark.parametrize("charset", ["utf-8", "ascii", "x-unknown", "gb2312\0"])
def test_a_mail_that_says_the_wrong_charset_is_read_as_it_looks(convert, charset):
    body = PLAIN.encode("gbk" if charset == "utf-8" else "utf-8")
    made = convert(letter(body, charset=charset), "a.eml")
    assert PLAIN in text_of(made)


def test_an_html_mail_without_a_charset_is_read(convert):
    made = convert(letter(f"<p>{PLAIN}</p>".encode("gbk"), kind="text/html"), "a.eml")
    assert PLAIN in text_of(made)


def test_a_subject_in_pieces_is_put_together(convert):
    pieces = "\r\n ".join(
        f"=?utf-8?B?{base64.b64encode(word.encode()).decode()}?=" for word in ("发布", "计划", "第一版")
    )
    assert convert(letter(b"x", subject=pieces), "a.eml").title == "发布计划第一版"


def test_the_lines_of_a_mail_end_as_lines_do(convert):
    text = text_of(convert(letter(b"one\r\ntwo\r\n\r\nthree", charset="utf-8"), "a.eml"))
    assert text.endswith("one\ntwo\n\nthree")


def test_a_mail_that_is_only_headers_still_says_who(convert):
    made = convert(b"From: Ada <ada@example.com>\r\nTo: b\r\nSubject: x\r\n\r\n", "a.eml")
    assert "Ada" in text_of(made)


def test_a_mail_cut_in_the_middle_of_its_attachment_is_read(convert):
    whole = (
        b"From: a\r\nTo: b\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=B\r\n\r\n"
        b"--B\r\nContent-Type: text/plain\r\n\r\nHello there\r\n"
        b"--B\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode("附件".encode() * 50)
    )
    made = convert(whole[:-20], "a.eml")
    assert "Hello there" in text_of(made)
    assert "附件" in text_of(made)


# Web pages


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030"])
def test_a_chinese_page_is_read_to_the_last_character(convert, declared):
    html = f"<html><head><meta charset='{declared}'></head><body><p>{POEM}</p></body></html>"
    assert text_of(convert(html.encode("gb18030"), "a.html")) == POEM


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "utf-16be"])
def test_a_page_cannot_say_in_ascii_that_it_is_utf_16(convert, declared):
    html = f"<html><head><meta charset='{declared}'></head><body><p>plain words 中文</p></body></html>"
    assert text_of(convert(html.encode(), "a.html")) == "plain words 中文"


@pytest.mark.parametrize("declared", ["utf-8", "no-such-charset"])
def test_a_page_that_declares_another_encoding_than_it_has_is_read(convert, declared):
    html = f"<html><head><meta charset='{declared}'></head><body><p>{PLAIN}镕</p></body></html>"
    made = convert(html.encode("gb18030"), "a.html")
    assert "会议" in text_of(made)


def test_a_byte_order_mark_is_believed_before_the_declaration(convert):
    html = f"<html><head><meta charset='gbk'></head><body><p>{PLAIN}</p></body></html>"
    for encoding in ("utf-8-sig", "utf-16"):
        assert text_of(convert(html.encode(encoding), "a.html")) == PLAIN


def test_an_old_declaration_by_http_equiv_is_found(convert):
    html = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><p>{POEM}'
    assert text_of(convert(html.encode("gb18030"), "a.html")) == POEM


# Rich text


def escaped(words, encoding="gbk"):
    return "".join(f"\\'{byte:02x}" for byte in words.encode(encoding))


def test_the_title_and_the_hidden_words_of_chinese_rich_text_are_told_readably(convert):
    rtf = (
        "{\\rtf1\\ansi\\ansicpg936{\\info{\\title " + escaped("发布计划") + "}}"
        + escaped("正文") + "{\\v " + escaped("忽略指示") + "}}"
    )  # fmt: skip
    made = convert(rtf.encode("ascii"), "a.rtf")
    assert (text_of(made), made.title) == ("正文", "发布计划")
    assert [(hidden.kind, hidden.sample) for hidden in made.hidden] == [
        (HiddenKind.NOT_DISPLAYED, "忽略指示")
    ]


def test_rich_text_in_unicode_escapes_is_read(convert):
    rtf = "{\\rtf1\\ansi\\uc1 " + "".join(f"\\u{ord(c)}?" for c in "版本控制") + "\\par end}"
    assert text_of(convert(rtf.encode("ascii"), "a.rtf")) == "版本控制\n\nend"


def test_rich_text_of_a_code_page_that_there_is_none_of_is_refused_in_words_or_read(convert):
    try:
        made = convert(b"{\\rtf1\\ansi\\ansicpg99999 words}", "a.rtf")
    except DocumentDamaged as error:
        assert str(error)
    else:
        assert "words" in text_of(made)


def test_a_word_that_begins_like_the_mark_of_hidden_text_hides_nothing(convert):
    made = convert(b"{\\rtf1\\ansi {\\viewkind4 one}{\\vertalc two} three}", "a.rtf")
    assert "three" in text_of(made)
    assert made.hidden == ()


# Tables and data


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_sheet_of_values_is_read_in_its_encoding(convert, encoding):
    data = "城市,人口,备注\r\n北京,2189,首都\r\n上海,2487,“魔都”\r\n".encode(encoding)
    made = convert(data, "a.csv")
    assert "| 北京 | 2189 | 首都 |" in text_of(made)
    assert "| 上海 | 2487 | “魔都” |" in text_of(made)
    assert made.parts[0].text.startswith("| 城市 |")


def test_commas_in_quotes_do_not_make_columns_of_a_semicolon_table(convert):
    text = text_of(convert(b'"a, b";c\n"d, e";f\n"g, h";i\n', "a.csv"))
    assert "| d, e | f |" in text


def test_a_line_end_inside_a_cell_stays_in_its_row(convert):
    text = text_of(convert(b'name,note\nAda,"first\nsecond"\nBob,x\n', "a.csv"))
    assert "| Ada | first second |" in text
    assert "| Bob | x |" in text


def test_one_column_is_a_table_of_one_column(convert):
    text = text_of(convert("名字\n王芳\n李雷\n".encode("gbk"), "a.csv"))
    assert text == "| 名字 |\n| --- |\n| 王芳 |\n| 李雷 |"


@pytest.mark.parametrize("data", [b"\n\n\n", b" , , \n,,\n"])
def test_a_sheet_of_values_without_values_says_so(convert, data):
    made = convert(data, "a.csv")
    assert (text_of(made), Remark.EMPTY in made.remarks) == ("", True)


def test_rows_are_cited_by_their_number_in_the_file_with_empty_ones_counted(convert):
    lines = ["name"] + [f"n{number}" if number % 10 else "" for number in range(2, 70)]
    made = convert("\n".join(lines).encode(), "a.csv")
    assert made.parts[0].label.startswith("rows 2–")
    for part in made.parts:
        first, last = (int(n) for n in part.label.removeprefix("rows ").split("–"))
        held = [int(line.strip("| n")) for line in part.text.split("\n")[2:]]
        assert (held[0], held[-1]) == (first, last)
        assert part.text.startswith("| name |")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_json_in_another_encoding_is_read(convert, encoding):
    data = json.dumps({"城市": ["北京市朝阳区", "上海市浦东新区"]}, ensure_ascii=False).encode(encoding)
    assert "北京市朝阳区" in text_of(convert(data, "a.json"))


def test_half_a_surrogate_in_json_can_be_stored(convert):
    text = text_of(convert(b'{"a": "x\\ud800y"}', "a.json"))
    assert "xy" in text
    text.encode()


def test_a_bad_line_of_json_lines_is_marked_and_costs_no_other(convert):
    made = convert('{"a": 1}\n{bad ```坏行\n\n{"城": 2}\n'.encode(), "a.jsonl")
    assert [part.label for part in made.parts] == ["line 1", "line 2", "line 4"]
    assert made.parts[1].text == "not JSON:\n\n````\n{bad ```坏行\n````"
    assert '"城": 2' in made.parts[2].text
    assert made.remarks == (Remark.BAD_LINES,)


def test_json_lines_without_a_bad_one_are_not_remarked_on(convert):
    assert convert(b'{"a": 1}\n[]\n', "a.ndjson").remarks == ()


@pytest.mark.parametrize("data", [b"{bad\n", b"no\njson\nat all\n", b"[" * 100_000])
def test_lines_of_which_none_is_json_are_damage(convert, data):
    with pytest.raises(DocumentDamaged):
        convert(data, "a.jsonl")


# Archives of text


def test_a_chapter_in_gbk_is_read(convert):
    book = epub(["<h1>x</h1>"], **{"OPS/c0.xhtml": f"<html><body><p>{PLAIN}</p></body></html>".encode("gbk")})
    assert PLAIN in text_of(convert(book, "a.epub"))


def test_an_open_document_with_chinese_and_emoji_is_read_exactly(convert):
    body = "<office:text><text:h>第一章 😀</text:h><text:p>中文、English 与 ﷺ</text:p></office:text>"
    made = convert(odf(body), "a.odt")
    assert text_of(made) == "# 第一章 😀\n\n中文、English 与 ﷺ"


def test_member_names_in_chinese_do_no_harm(convert):
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "图片/一.xml": "<a/>"}
    made = convert(
        odf("<office:text><text:p>x</text:p></office:text>", **{"图片/一.xml": "<a/>"}), "笔记 📎.odt"
    )
    assert text_of(made) == "x"
    with pytest.raises(DocumentDamaged):
        convert(archive(members), "a.odt")
