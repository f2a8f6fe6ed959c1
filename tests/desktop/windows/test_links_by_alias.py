"""A link by an alias leads to its note; one by a name that nobody bears is offered to be written."""

import pytest

from core.text.matching import Term, Terms
from desktop.editor.links import LinkTarget
from tests.desktop.windows.keeper_desk import KeeperDesk


class Told:
    """Tells names when it is let; `attached` says whether an engine runs."""

    def __init__(self, *names, attached=True):
        self.attached = attached
        self.terms = Terms(tuple(Term(name, path) for name, path in names))
        self.asked = []

    def note_names(self, *, done, failed):
        self.asked.append((done, failed))

    def answer(self):
        done, _ = self.asked.pop()
        done(self.terms)


@pytest.fixture
def kept(theme, tasks, files, qapp):
    kept = KeeperDesk(theme, tasks, files)
    kept.write("项目/计划.md", "---\naliases: [发布]\n---\n# 计划\n\n## 三月\n")
    kept.write("Welcome.md")
    kept.use(files)
    kept.open("Welcome.md")
    yield kept
    kept.close()


def follow(kept, names, link):
    kept.keeper.names = names
    kept.keeper.follow(link)
    if names.asked:
        names.answer()
    kept.settle()


def test_an_alias_leads_to_its_note_and_to_the_heading_there(kept):
    follow(kept, Told(("发布", "项目/计划.md")), LinkTarget(note="发布", anchor="三月"))
    assert kept.open_path == "项目/计划.md"
    assert kept.editor.line() == 6


def test_capitals_make_no_other_alias(kept):
    follow(kept, Told(("The Launch", "项目/计划.md")), LinkTarget(note="the launch"))
    assert kept.open_path == "项目/计划.md"


def test_a_file_of_that_name_comes_before_an_alias(kept):
    names = Told(("Welcome", "项目/计划.md"))
    follow(kept, names, LinkTarget(note="Welcome"))
    assert names.asked == []
    assert kept.open_path == "Welcome.md"


def test_a_name_that_nobody_bears_is_offered(kept):
    follow(kept, Told(("发布", "项目/计划.md")), LinkTarget(note="新的"))
    assert kept.missing == ["新的.md"]


@pytest.mark.parametrize("names", [Told(attached=False), Told()])
def test_without_anybody_who_knows_it_is_offered(kept, names):
    follow(kept, names, LinkTarget(note="发布"))
    assert kept.missing == ["发布.md"]


def test_where_the_names_cannot_be_told_it_is_offered(kept):
    kept.keeper.names = names = Told()
    kept.keeper.follow(LinkTarget(note="发布"))
    names.asked.pop()[1](RuntimeError("gone"))
    assert kept.missing == ["发布.md"]


def test_names_of_a_vault_that_was_left_open_nothing(kept):
    kept.keeper.names = names = Told(("发布", "项目/计划.md"))
    kept.keeper.follow(LinkTarget(note="发布"))
    kept.use(None)
    names.answer()
    kept.settle()
    assert (kept.open_path, kept.missing) == ("Welcome.md", [])
