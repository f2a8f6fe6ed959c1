"""Chinese is a first language: nothing of the window is left in English, and no placeholder is lost."""

import ast
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

import desktop
from core import errors
from desktop.error_text import word
from desktop.theme.resources import resource

SOURCES = sorted(Path(desktop.__file__).parent.rglob("*.py"))
TS = resource("i18n/pilotfish_zh_CN.ts")
QM = resource("i18n/pilotfish_zh_CN.qm")


def messages(file):
    """Every message of a .ts file: context, source, translation, and whether it is finished."""
    for context in ElementTree.parse(file).getroot().findall("context"):
        for message in context.findall("message"):
            translation = message.find("translation")
            text = translation.findtext("numerusform") or translation.text or ""  # Chinese has one form
            finished = translation.get("type") is None and bool(text.strip())
            yield context.findtext("name"), message.findtext("source"), text, finished


def run(tool, *arguments):
    program = shutil.which(f"pyside6-{tool}", path=str(Path(sys.executable).parent))
    if program is None:
        pytest.fail(f"pyside6-{tool} belongs to PySide6-Essentials and is not beside the interpreter")
    subprocess.run([program, *map(str, arguments)], check=True, capture_output=True, timeout=120)


def test_every_sentence_of_the_window_is_in_the_translation(tmp_path):
    """Fails where a text was added or changed: run pyside6-lupdate as below, and translate it."""
    fresh = tmp_path / "fresh.ts"
    run("lupdate", *SOURCES, "-no-obsolete", "-locations", "none", "-source-language", "en", "-ts", fresh)
    wanted = {(context, source) for context, source, *_ in messages(fresh)}
    known = {(context, source) for context, source, *_ in messages(TS)}
    assert wanted - known == set(), "texts that are not translated"
    assert known - wanted == set(), "translations of texts that are gone"


def test_nothing_is_unfinished():
    assert [source for _context, source, _text, finished in messages(TS) if not finished] == []


def test_the_compiled_file_is_that_of_the_translation(tmp_path):
    fresh = tmp_path / "fresh.qm"
    run("lrelease", TS, "-qm", fresh)
    assert fresh.read_bytes() == QM.read_bytes()


def test_what_is_one_is_said_so_in_english(tmp_path):
    """Fails where a text with a number was added: run pyside6-lupdate as below, and write both forms."""
    english, fresh = TS.with_name("pilotfish_en.ts"), tmp_path / "fresh.ts"
    languages = ("-source-language", "en", "-target-language", "en")
    run("lupdate", *SOURCES, "-pluralonly", "-no-obsolete", "-locations", "none", *languages, "-ts", fresh)
    assert {m[:2] for m in messages(fresh)} == {m[:2] for m in messages(english)}
    assert [m[1] for m in messages(english) if not m[3] or m[1] == m[2]] == []
    run("lrelease", english, "-qm", tmp_path / "fresh.qm")
    assert (tmp_path / "fresh.qm").read_bytes() == english.with_suffix(".qm").read_bytes()


@pytest.mark.parametrize(("context", "source", "text"), [m[:3] for m in messages(TS)])
def test_a_translation_has_the_placeholders_of_its_source(context, source, text):
    def names(sentence):
        return {name for _text, name, _spec, _conversion in string.Formatter().parse(sentence) if name}

    assert names(source) == names(text)
    assert text.count("\n") == source.count("\n")


def test_chinese_is_written_with_chinese_punctuation():
    marks = re.compile(r"[\u4e00-\u9fff][,;:!?](?!/)|[\u4e00-\u9fff]\.(?:\s|$)|\.\.\.")
    assert [text for _context, _source, text, _finished in messages(TS) if marks.search(text)] == []


def test_no_text_to_translate_is_put_together_before_it_is_looked_up():
    """lupdate extracts an f-string as it stands in the source, and it is never found again."""
    culprits = []
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            index = 0 if name == "tr" else 1 if name in ("translate", "QT_TRANSLATE_NOOP") else None
            texts = [] if index is None else node.args[index : index + 1]
            if any(is_put_together(text) for text in texts):
                culprits.append(f"{file.name}:{node.lineno}")
    assert culprits == []


def is_put_together(node):
    if isinstance(node, ast.JoinedStr):
        return True
    parts = [part.value for part in ast.walk(node) if isinstance(part, ast.Constant)]
    return isinstance(node, ast.BinOp) and any(isinstance(part, str) for part in parts)


def test_the_window_speaks_chinese_with_the_file_installed(qapp):
    translator = QTranslator()
    assert translator.load(str(QM))
    QCoreApplication.installTranslator(translator)
    try:
        assert QCoreApplication.translate("AnswerActions", "Insert") == "插入"
        assert word(errors.KeyRefused(host="api.example.com")).text == "api.example.com 不接受这个密钥。"
    finally:
        QCoreApplication.removeTranslator(translator)
