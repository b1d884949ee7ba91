import json

import pytest
from fronts.scripted_pool import DEADLINE, run, scripted_pool

from beep_engine.faults import Fault
from beep_engine.fronts.pool_client import PoolClient
from beep_engine.fronts.session_pools import SessionPools
from beep_engine.fronts.worker_pools import WorkerPools


def test_a_session_whose_process_is_lost_is_asked_for_anew_before_its_connection_is_closed():
    async def dying(pool):
        await pool.request()
        pool.reply(
            {"id": None, "event": "worker.lost", "error": "it died", "code": "WORKER_LOST", "message": "it died"}
        )
        # Says no more, and closes nothing.
        while await pool.request():
            pass

    async def scenario():
        async with scripted_pool(dying) as own_path:

            async def server(pool):
                request = await pool.request()
                pool.reply({"id": request["id"], "sessionId": "p1-1", "path": own_path})
                request = await pool.request()
                pool.reply({"id": request["id"], "error": "gone", "code": "SESSION_NOT_FOUND", "message": "gone"})
                await pool.request()

            async with scripted_pool(server) as path:
                main = PoolClient(path)
                await main.open(DEADLINE)
                sessions = SessionPools(WorkerPools([main]))
                own = await sessions.of("p1-1", "eval")
                assert await sessions.of("p1-1", "eval") is own
                lost = json.loads((await own.live().send(b"eval", b"{}").reply).text)
                assert lost["code"] == "WORKER_LOST"
                with pytest.raises(Fault) as gone:
                    await sessions.of("p1-1", "eval")
                assert gone.value.code == "SESSION_NOT_FOUND"
                sessions.close()
                main.close()

    run(scenario())
