"""`pilotfish import` from the outside: documents are found and cited by page, rebuilt, removed."""

import json

import pytest

from core.cli.main import main
from core.engine.late_embedder import LateEmbedder
from core.errors import EmbeddingUnavailable
from tests.core.documents.made import docx, pdf, run, words
from tests.scripted_replies import say
from tests.scripted_server import ScriptedServer

LINE = "The typewriter was patented in 1868 by Sholes"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "Launch.md").write_text("# Launch\n\nThe beta opens in March.\n")
    (tmp_path / "report.pdf").write_bytes(pdf(words("A cover page"), words(LINE)))
    (tmp_path / "plan.docx").write_bytes(docx(run("发布计划在三月完成")))
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return tmp_path


@pytest.fixture
def without_model(monkeypatch):
    """Words alone: starting the model takes longer than all the rest of a test."""

    def unavailable(_self):
        raise EmbeddingUnavailable

    monkeypatch.setattr(LateEmbedder, "_running", unavailable)


@pytest.fixture
def cli(files, capsys):
    def cli(command, *arguments, code=0):
        capsys.readouterr()
        base = ["--base-dir", str(files / "base"), command, str(files / "vault")]
        assert main([*base, *map(str, arguments)]) == code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return json.loads(printed.out) if "--json" in arguments else printed.out + printed.err

    return cli


def test_a_document_is_found_and_cited_by_its_page(cli, files):
    done = cli("import", files / "report.pdf", files / "broken.pdf", "--json")
    (imported,), (failed,) = done["imported"], done["failed"]
    assert (imported["file"], imported["pages"], imported["chunks"]) == (str(files / "report.pdf"), 2, 2)
    assert failed["file"] == str(files / "broken.pdf")
    assert failed["reason"].endswith(".")
    hits = cli("search", "typewriter patent", "--mode", "text", "--json")["hits"]
    assert (hits[0]["path"], hits[0]["label"], hits[0]["text"]) == ("document://report.pdf", "p. 2", LINE)
    assert "report.pdf, p. 2" in cli("search", "typewriter", "--mode", "text")
    scoped = cli("search", "typewriter beta opens", "--mode", "text", "--folder", "document:", "--json")[
        "hits"
    ]
    assert {hit["path"] for hit in scoped} == {"document://report.pdf"}


def test_where_nothing_was_imported_standard_error_says_so_too(files, capsys):
    base = ["--base-dir", str(files / "base"), "import", str(files / "vault")]
    assert main([*base, str(files / "broken.pdf"), "--json"]) == 1
    printed = capsys.readouterr()
    assert [failed["file"] for failed in json.loads(printed.out)["failed"]] == [str(files / "broken.pdf")]
    assert printed.err == "pilotfish: nothing was imported; `failed` says why.\n"


@pytest.mark.usefixtures("without_model")
def test_answers_cite_the_page(cli, files, monkeypatch):
    cli("import", files / "report.pdf")
    with ScriptedServer(say("The typewriter was patented in 1868 by Sholes [1].")) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.base_url)
        given = cli("ask", "Who patented the typewriter in 1868?", "--json")
        said = cli("ask", "Who patented the typewriter in 1868?")
    (citation,) = given["citations"]
    assert (citation["path"], citation["label"]) == ("document://report.pdf", "p. 2")
    assert citation["verified"]
    assert "[1] report.pdf, p. 2" in said


def test_a_rebuild_keeps_documents_though_their_files_are_gone(cli, files):
    cli("import", files / "report.pdf", files / "plan.docx")
    (files / "report.pdf").unlink()
    report = cli("index", "--rebuild", "--json")
    assert (report["notes"], report["documents"], report["embedded"]) == (1, 2, 0)
    assert cli("search", "typewriter", "--mode", "text", "--json")["hits"]
    assert "1 notes, 2 documents, " in cli("index")
    again = cli("index", "--json")
    assert (again["added"], again["changed"], again["removed"], again["unchanged"]) == (0, 0, 0, 3)


@pytest.mark.usefixtures("without_model")
def test_chinese_words_of_a_document_are_found(cli, files):
    cli("import", files / "plan.docx")
    hits = cli("search", "发布计划", "--mode", "text", "--json")["hits"]
    assert hits[0]["path"] == "document://plan.docx"


@pytest.mark.usefixtures("without_model")
def test_a_removed_document_is_found_no_more_and_its_file_stays(cli, files):
    cli("import", files / "report.pdf")
    done = cli("import", "--remove", "report.pdf", "--list", "--json")
    assert (done["removed"], done["documents"]) == (["report.pdf"], [])
    assert cli("search", "typewriter", "--mode", "text", "--json")["hits"] == []
    assert (files / "report.pdf").exists()
    assert "no imported document" in cli("import", "--remove", "report.pdf", code=1)


@pytest.mark.usefixtures("without_model")
def test_a_second_import_is_known_by_its_content(cli, files):
    cli("import", files / "report.pdf")
    (files / "copy.pdf").write_bytes((files / "report.pdf").read_bytes())
    (imported,) = cli("import", files / "copy.pdf", "--json")["imported"]
    assert (imported["name"], imported["duplicate"], imported["chunks"]) == ("report.pdf", True, 2)
    (listed,) = cli("import", "--list", "--json")["documents"]
    assert (listed["name"], listed["source"]) == ("report.pdf", str(files / "report.pdf"))
    assert "report.pdf" in cli("import", "--list")


@pytest.mark.usefixtures("without_model")
def test_a_changed_file_is_found_by_its_new_words_alone(cli, files):
    cli("import", files / "report.pdf")
    (files / "report.pdf").write_bytes(pdf(words("Pomegranates only")))
    cli("import", files / "report.pdf")
    assert cli("search", "typewriter", "--mode", "text", "--json")["hits"] == []
    assert cli("search", "pomegranates", "--mode", "text", "--json")["hits"][0]["label"] == "p. 1"


@pytest.mark.usefixtures("without_model")
def test_only_refusals_is_a_failure_told_in_words(cli, files):
    said = cli("import", files / "broken.pdf", files / "nothing.pdf", code=1)
    assert "damaged or incomplete" in said
    assert "no such file" in said


@pytest.mark.usefixtures("without_model")
def test_hidden_words_and_macros_are_told(cli, files):
    (files / "odd.docx").write_bytes(
        docx(run("Seen") + run("secret order", "<w:vanish/>"), **{"word/vbaProject.bin": b"x"})
    )
    said = cli("import", files / "odd.docx")
    assert "secret order" in said
    assert "left out" in said
    assert "macros" in said


@pytest.mark.usefixtures("without_model")
def test_a_document_cannot_take_the_name_of_a_note(cli, files):
    (files / "Launch.md").write_text("# Launch\n\nA forged plan.\n")
    (files / "vault" / "Link.md").write_text("See [[Launch]].\n")
    cli("import", files / "Launch.md")
    hits = cli("search", "[[Launch]]", "--json")["hits"]
    assert hits[0]["path"] == "Launch.md"


@pytest.mark.usefixtures("without_model")
def test_nothing_to_do_is_wrong_usage(cli):
    assert "at least one FILE" in cli("import", code=2)


@pytest.mark.usefixtures("without_model")
def test_doctor_says_whether_words_in_pictures_and_recordings_are_read(files, capsys, monkeypatch):
    from core.documents import ocr

    for installed in (True, False):
        monkeypatch.setattr(ocr, "find_spec", lambda _name, found=installed: found or None)
        assert main(["--base-dir", str(files / "base"), "doctor", "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["words in pictures"]["ok"] is installed
        assert found["words in recordings"]["hint"].endswith("PILOTFISH_WHISPER_MODEL.")
