import asyncio
import threading

import pytest
from anyio import to_thread

from caoan_stats.desk.server import end_tasks


def test_a_thread_of_an_unfinished_request_ends_with_the_desk():
    threads: list[threading.Thread] = []

    async def request() -> None:
        threads.append(await to_thread.run_sync(threading.current_thread))
        loop.stop()
        await asyncio.Event().wait()

    loop = asyncio.new_event_loop()
    unfinished = loop.create_task(request())
    loop.run_forever()
    end_tasks(loop)
    threads[0].join(60)
    assert (unfinished.cancelled(), threads[0].is_alive()) == (True, False)
    loop.close()


def test_an_interrupt_that_several_requests_wait_for_is_raised_no_more():
    async def interrupted() -> None:
        await asyncio.sleep(0)
        raise KeyboardInterrupt

    async def request(other: asyncio.Task[None]) -> None:
        await other

    loop = asyncio.new_event_loop()
    first = loop.create_task(interrupted())
    waiting = [loop.create_task(request(first)) for _ in range(3)]
    with pytest.raises(KeyboardInterrupt):
        loop.run_forever()
    end_tasks(loop)
    assert all(task.done() for task in waiting)
    loop.close()
