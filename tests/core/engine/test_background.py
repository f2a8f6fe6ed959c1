"""Work of the loop that nobody waits for is neither lost nor silent."""

import asyncio

from core.engine.background import Background


def test_what_is_begun_runs_to_its_end_though_nobody_keeps_it():
    async def run():
        done = asyncio.Event()

        async def work():
            await asyncio.sleep(0)
            done.set()

        Background().run(work())
        await done.wait()

    asyncio.run(run())


def test_a_failure_is_logged_and_harms_nothing_else(caplog):
    async def run():
        background, done = Background(), asyncio.Event()

        async def fail():
            raise ValueError("磁盘已满")

        async def work():
            await asyncio.sleep(0)
            done.set()

        background.run(fail())
        background.run(work())
        await done.wait()

    asyncio.run(run())
    (record,) = caplog.records
    assert record.message == "background work failed"
    assert "磁盘已满" in str(record.exc_info[1])


def test_what_is_cancelled_ends_without_a_word(caplog):
    async def run():
        background, ended = Background(), asyncio.Event()

        async def work():
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()

        background.run(work())
        await asyncio.sleep(0)
        background.cancel()
        await ended.wait()
        background.cancel()  # nothing is left to cancel

    asyncio.run(run())
    assert not caplog.records
