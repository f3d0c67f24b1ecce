import asyncio
import threading

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
