"""Whatever is asked for, nothing of a note that the rules leave out goes to the model."""

from dataclasses import replace

import pytest

from core.assist.model import (
    Answered,
    AskRequest,
    CheckDone,
    CheckRequest,
    NoteContext,
    Sources,
    Work,
    WriteRequest,
)
from core.errors import NoteLeftOut
from core.settings import IndexSettings
from tests.core.assist.helpers import PLAN
from tests.core.engine.assisting import ASKED, all_of, run, settings_for

PATH = "私人/Diary.md"
SECRET = "quexalotl"
TEXT = f"The {SECRET} is mine. #私人/日记\n"
DIARY = NoteContext(PATH, "Diary", block=f"The {SECRET} is mine.", before=f"The {SECRET}")
RULES = {
    "path": IndexSettings(exclude=("私人/",)),
    "tag": IndexSettings(exclude_tags=("#私人",)),
}


@pytest.fixture
def vault(tmp_path):
    folder = tmp_path / "vault"
    (folder / "私人").mkdir(parents=True)
    (folder / PATH).write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture(params=RULES)
def settings(server, request):
    return settings_for(server, index=RULES[request.param])


def sent(server):
    return "".join(chat.raw_body.decode() for chat in server.chats)


def test_a_question_beside_it_is_answered_without_it(vault, server, settings):
    async def work(service):
        return (await all_of(service.ask(replace(ASKED, note=DIARY), None)))[-1]

    assert isinstance(run(vault, settings, work), Answered)
    assert len(server.chats) == 1
    assert SECRET not in sent(server)


def test_a_preview_shows_that_it_does_not_go_along(vault, settings):
    async def work(service):
        return await service.preview(replace(ASKED, note=DIARY))

    assert all(SECRET not in message.content for message in run(vault, settings, work).messages)


def test_a_pinned_one_stays_where_it_is(vault, server, settings):
    async def work(service):
        await all_of(service.ask(AskRequest(ASKED.text, sources=Sources(notes=(PATH,))), None))

    run(vault, settings, work)
    assert server.chats
    assert SECRET not in sent(server)


@pytest.mark.parametrize(
    "call",
    [
        lambda service: all_of(service.ask(AskRequest("Shorten it.", work=Work.WRITE, note=DIARY), None)),
        lambda service: all_of(service.write(WriteRequest("shorten", DIARY))),
        lambda service: service.preview(WriteRequest("shorten", DIARY)),
        lambda service: service.preview(AskRequest("Shorten it.", work=Work.WRITE, note=DIARY)),
        lambda service: service.fill("email", DIARY),
    ],
    ids=["instruction", "prompt", "preview of a prompt", "preview of an instruction", "form"],
)
def test_work_on_it_is_refused_in_words(vault, server, settings, call):
    with pytest.raises(NoteLeftOut, match="Diary"):
        run(vault, settings, call)
    assert server.chats == []


def test_its_facts_are_checked_by_the_words_alone(vault, server, settings):
    async def work(service):
        request = CheckRequest(f"The beta opens as the {SECRET} says.", PATH)
        return (await all_of(service.check(request)))[-1]

    assert isinstance(run(vault, settings, work, found=(PLAN,)), CheckDone)
    assert server.chats == []


@pytest.mark.parametrize("seen", [{"text": TEXT}, {"before": f"The {SECRET}", "after": " #私人\n"}])
def test_a_tag_counts_before_the_note_is_saved(vault, server, seen):
    settings = settings_for(server, index=RULES["tag"])
    note = NoteContext("New.md", "New", block=f"The {SECRET} is mine.", **seen)

    async def question(service):
        return (await all_of(service.ask(replace(ASKED, note=note), None)))[-1]

    with pytest.raises(NoteLeftOut, match="New"):
        run(vault, settings, lambda service: all_of(service.write(WriteRequest("shorten", note))))
    assert isinstance(run(vault, settings, question), Answered)
    assert len(server.chats) == 1
    assert SECRET not in sent(server)


def test_a_text_that_carries_the_tag_is_checked_by_the_words_alone(vault, server):
    settings = settings_for(server, index=RULES["tag"])

    async def work(service):
        return (await all_of(service.check(CheckRequest(f"The beta opens as {SECRET} says. #私人", ""))))[-1]

    assert isinstance(run(vault, settings, work, found=(PLAN,)), CheckDone)
    assert server.chats == []


def test_without_a_rule_it_goes_along(vault, server):
    async def work(service):
        await all_of(service.ask(replace(ASKED, note=DIARY), None))

    run(vault, settings_for(server), work)
    assert SECRET in sent(server)
