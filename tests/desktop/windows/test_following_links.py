"""Where a link leads from the window: to a note, to the browser, or to a note that can be written."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from core.errors import AttachmentMissing
from desktop.bridge.vault_files import VaultFiles
from desktop.editor.links import LinkTarget, link_at, path_for, resolve
from tests.desktop.windows.keeper_desk import KeeperDesk

NOTES = ("Welcome.md", "项目/计划.md", "项目/二期/价格.md", "Projects/Plan.md")


@pytest.fixture
def kept(theme, tasks, files, qapp):
    kept = KeeperDesk(theme, tasks, files)
    for path in NOTES:
        kept.write(path)
    kept.use(files)
    yield kept
    kept.close()


@pytest.fixture
def browser(monkeypatch):
    """Addresses that were handed to the browser."""
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(lambda url: opened.append(url.toString())))
    return opened


def follow(kept, written):
    """Follow the link as it is written in the note."""
    link = link_at(written, 1)
    assert link is not None
    kept.keeper.follow(link)
    kept.settle()


@pytest.mark.parametrize(
    ("here", "written", "path"),
    [
        ("Welcome.md", "[[计划]]", "项目/计划.md"),
        ("Welcome.md", "[[项目/二期/价格|the prices]]", "项目/二期/价格.md"),
        ("Welcome.md", "[[plan]]", "Projects/Plan.md"),
        ("Welcome.md", "[x](Projects/Plan.md)", "Projects/Plan.md"),
        ("项目/计划.md", "[x](%E4%BA%8C%E6%9C%9F/%E4%BB%B7%E6%A0%BC.md)", "项目/二期/价格.md"),
        ("项目/二期/价格.md", "[x](../计划.md)", "项目/计划.md"),
        ("项目/计划.md", "[x](/Welcome.md)", "Welcome.md"),
    ],
)
def test_a_link_opens_the_note_it_means(kept, here, written, path):
    kept.open(here)
    follow(kept, written)
    assert kept.open_path == path
    assert kept.missing == []


@pytest.mark.parametrize(
    ("written", "line"),
    [("[[长文#第二部分]]", 5), ("[[长文#^here]]", 7), ("[x](长文.md#第二部分)", 5), ("[[长文#没有]]", 1)],
)
def test_a_link_opens_the_note_at_what_it_names(kept, files, written, line):
    (files.vault / "长文.md").write_text(
        "# 长文\n\n开头。\n\n## 第二部分\n\n在这里。 ^here\n", encoding="utf-8"
    )
    kept.use(files)
    kept.open("Welcome.md")
    follow(kept, written)
    assert kept.open_path == "长文.md"
    assert kept.desk.place.line == line


def test_one_can_go_back_to_where_the_link_stands(kept):
    kept.open("Welcome.md")
    follow(kept, "[[计划]]")
    kept.desk.back()
    kept.settle()
    assert kept.open_path == "Welcome.md"


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=1", "http://localhost:8080/", "mailto:ada@example.org"]
)
def test_addresses_of_the_web_open_in_the_browser(kept, browser, address):
    follow(kept, f"[x]({address})")
    assert browser == [address]


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "ssh://host", "vscode://open?x", "FILE:///etc"]
)
def test_a_note_cannot_make_the_window_open_anything_else(kept, browser, address):
    follow(kept, f"[x]({address})")
    assert browser == []
    assert kept.missing == []


@pytest.mark.parametrize(
    ("here", "written", "path"),
    [
        ("Welcome.md", "[[新的笔记]]", "新的笔记.md"),
        ("Welcome.md", "[[New note#Part|words]]", "New note.md"),
        ("Welcome.md", "[[a/b/c]]", "a/b/c.md"),
        ("Welcome.md", "[[What? A: title]]", "What  A  title.md"),
        ("项目/计划.md", "[x](三期/价格.md)", "项目/三期/价格.md"),
        ("项目/二期/价格.md", "[x](../成本.md)", "项目/成本.md"),
        ("项目/计划.md", "[x](/根.md)", "根.md"),
        ("项目/计划.md", "[[三期/价格]]", "三期/价格.md"),
    ],
)
def test_a_link_to_nothing_names_the_note_it_would_lead_to(kept, here, written, path):
    kept.open(here)
    follow(kept, written)
    assert kept.missing == [path]
    assert kept.open_path == here


@pytest.mark.parametrize("written", ["[[...]]", "[[/]]", "[x](../../..)"])
def test_a_link_without_a_name_offers_nothing(kept, written):
    kept.open("Welcome.md")
    follow(kept, written)
    assert kept.missing == []


@pytest.mark.parametrize("written", ["[x](三期/成本.md)", "[[三期/成本]]", "[x](../成本.md)", "[[成本]]"])
def test_the_note_that_was_offered_is_the_one_the_link_then_opens(kept, written):
    kept.open("项目/二期/价格.md")
    follow(kept, written)
    (offered,) = kept.missing
    kept.keeper.create(offered)
    kept.settle()
    kept.open("项目/二期/价格.md")
    follow(kept, written)
    assert kept.open_path == offered
    assert len(kept.missing) == 1


# Files that are no notes


@pytest.fixture
def attached(kept):
    """Files of a vault as Obsidian and Logseq keep them."""
    for path in ("assets/报告 2026.pdf", "项目/plan.PNG", "项目/二期/run.sh", "project/Node.js"):
        kept.write(path, "not a note")
    return kept


@pytest.mark.parametrize(
    ("here", "written", "path"),
    [
        ("Welcome.md", "![[报告 2026.pdf#page=3]]", "assets/报告 2026.pdf"),
        ("Welcome.md", "[x](assets/%E6%8A%A5%E5%91%8A%202026.pdf)", "assets/报告 2026.pdf"),
        ("项目/计划.md", "[x](../assets/报告%202026.pdf)", "assets/报告 2026.pdf"),
        ("项目/计划.md", "![x](plan.PNG)", "项目/plan.PNG"),
        ("项目/二期/价格.md", "![[项目/plan.PNG]]", "项目/plan.PNG"),
    ],
)
def test_a_link_to_another_file_opens_it_by_its_program(attached, browser, here, written, path):
    attached.open(here)
    follow(attached, written)
    assert browser == [QUrl.fromLocalFile(str(attached.vault / path)).toString()]
    assert (attached.missing, attached.failed, attached.open_path) == ([], [], here)


@pytest.mark.parametrize(("written", "folder"), [("[[run.sh]]", "项目/二期"), ("[[Node.js]]", "project")])
def test_of_a_file_that_might_be_run_only_the_folder_is_shown(attached, browser, written, folder):
    attached.open("Welcome.md")
    follow(attached, written)
    assert browser == [QUrl.fromLocalFile(str(attached.vault / folder)).toString()]


@pytest.mark.parametrize("written", ["[[missing.pdf]]", "![x](图/missing.jpeg)", "[x](../outside.docx)"])
def test_a_file_that_is_not_there_is_said_to_be_missing_and_no_note_is_offered(attached, browser, written):
    attached.open("Welcome.md")
    follow(attached, written)
    (error,) = attached.failed
    assert isinstance(error, AttachmentMissing)
    assert error.details["path"] == link_at(written, 1).note
    assert (attached.missing, browser) == ([], [])


def test_a_file_outside_the_vault_is_never_opened(attached, browser):
    (attached.vault.parent / "secret.pdf").write_text("x")
    (attached.vault / "way out.pdf").symlink_to(attached.vault.parent / "secret.pdf")
    attached.open("Welcome.md")
    for written in ("[x](../secret.pdf)", f"[x]({attached.vault.parent}/secret.pdf)", "[[way out.pdf]]"):
        follow(attached, written)
    assert browser == []
    assert len(attached.failed) == 3


@pytest.mark.parametrize(
    ("written", "path"), [("[[Vue.js]]", "Vue.js.md"), ("[[v1.2 notes]]", "v1.2 notes.md")]
)
def test_a_name_with_a_dot_that_is_no_file_is_still_offered_as_a_note(attached, written, path):
    attached.open("Welcome.md")
    follow(attached, written)
    assert attached.missing == [path]


names = st.text(st.sampled_from("abc中文 .-é"), min_size=1, max_size=6)
targets = st.lists(names | st.just(".."), min_size=1, max_size=4).map("/".join)
folders = st.sampled_from(["", "项目/", "项目/二期/"])


@given(folders, targets, st.booleans())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_offered_always_answers_the_link_and_stays_in_the_vault(folder, target, is_path):
    here, link = f"{folder}here.md", LinkTarget(note=target, is_path=is_path)
    offered = path_for(link, here)
    if offered:
        assert ".." not in offered.split("/")
        assert not offered.startswith("/")
        assert offered.endswith(".md")


@given(folders, st.lists(st.sampled_from(["a", "中文", "b c"]), min_size=1, max_size=3), st.booleans())
def test_a_plain_target_is_found_again_once_it_is_written(folder, parts, is_path):
    here, link = f"{folder}here.md", LinkTarget(note="/".join(parts), is_path=is_path)
    assert resolve(link, here, [here, path_for(link, here)]) == path_for(link, here)


# Another vault in between


@pytest.fixture
def other(tmp_path, places):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "Welcome.md").write_text("the other welcome\n")
    return VaultFiles(folder, places)


def test_a_note_asked_for_in_one_vault_is_not_opened_in_the_next(kept, other):
    kept.desk.open("项目/计划.md")
    kept.desk.use(other)
    kept.use(other)
    assert kept.open_path == ""


def test_a_note_made_as_the_vault_changes_does_not_open_in_the_next(kept, other):
    kept.keeper.create("late.md", "for the first vault\n")
    kept.desk.close()
    kept.desk.use(other)
    kept.use(other)
    assert kept.open_path == ""
    assert kept.tree.notes == ["Welcome.md"]
    assert not (other.vault / "late.md").exists()


def test_work_that_ends_after_the_vault_changed_leaves_the_new_tree_alone(kept, other):
    kept.answer = "renamed late"
    kept.keeper.create("late.md")
    kept.keeper.rename("Welcome.md")
    kept.desk.use(other)
    kept.use(other)
    assert kept.tree.notes == ["Welcome.md"]
    assert kept.open_path == ""
