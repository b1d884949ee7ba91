"""`GET /metrics`: what the pool tells of its server, and what only this front knows."""

import json
import os
from collections import Counter
from typing import Any, Dict

from ...faults import Fault
from ...platform.process_usage import usage_of
from ..pending_request import Reply
from ..worker_pools import WorkerPools
from .exposition import CONTENT_TYPE, exposition
from .replies import Send, send_bytes, send_reply


class Measuring:
    """`control` is not the connection of requests: what comes there may be long."""

    def __init__(self, name: str, control: WorkerPools) -> None:
        self._name = name
        self._control = control
        self._refusals: Counter[str] = Counter()

    def refused(self, fault: Fault) -> None:
        self._refusals[fault.code] += 1

    async def ask(self) -> Reply:
        control = self._control.any()
        connection = control.live() or await control.connection()
        return await connection.send(b"metrics", b"{}").reply

    async def expose(self, send: Send) -> None:
        reply = await self.ask()
        metrics: Dict[str, Any] = json.loads(reply.text)
        if "error" in metrics:
            await send_reply(send, reply)
            return
        text = exposition(metrics, self._name, self._refusals, _own_process())
        await send_bytes(send, CONTENT_TYPE, text)


def _own_process() -> Dict[str, Any]:
    own, usage = {"role": "http", "pid": os.getpid()}, usage_of(os.getpid())
    return own if usage is None else {**own, "cpuSeconds": usage.cpu_seconds, "memoryBytes": usage.memory_bytes}
