"""A pool on Windows: starts the worker, starts another one when it dies, and ends with its host.

The worker owns the pipe, so a lost worker takes its connections along: clients see the end of the stream, and connect
again. This module has not run on Windows yet.
"""

import json
import os
import queue
import subprocess
import sys
import threading
import time
from typing import Any, Dict, List, Optional

from .. import PROTOCOL
from ..control import CALM, REASON, WATCH
from ..faults import Fault
from ..platform.garbage import begin_collecting
from ..platform.ready_line import READY_LINE, WORKER_LINE
from ..posts import Post, share_of_queue
from .config import PoolConfig, parse_config, read_config_line
from .guard import RestartGuard
from .launch_command import worker_command
from .lost import Loss
from .tail import Tail

READY_PATIENCE = 60.0


class WindowsWorker:
    """One worker process. `ready` is set when clients can connect."""

    def __init__(self, config: PoolConfig, post: Post, epoch: int) -> None:
        self.post = post
        self.tail = Tail()
        self.ready = threading.Event()
        self.started_at = time.monotonic()
        command = worker_command(sys.executable)
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        self._watches: Dict[int, threading.Timer] = {}
        self._reason: Optional[str] = None
        document = worker_document(config, post, epoch)
        if self.process.stdin is not None:
            self.process.stdin.write(json.dumps(document).encode() + b"\n")
            self.process.stdin.flush()
        self._relay = threading.Thread(target=self._pump, daemon=True)
        self._relay.start()

    def wait(self) -> Loss:
        code = self.process.wait()
        self._relay.join(1.0)
        for watch in list(self._watches.values()):
            watch.cancel()
        return Loss(self.process.pid, {"exitCode": code}, self.tail.lines(), self._reason)

    def _pump(self) -> None:
        for line in self.process.stderr or ():
            if line.strip() == READY_LINE:
                self.ready.set()
                continue
            if line.startswith(WORKER_LINE) and self._take(line[len(WORKER_LINE) :]):
                continue
            self.tail.feed(line)
            sys.stderr.buffer.write(line)
            sys.stderr.buffer.flush()

    def _take(self, text: bytes) -> bool:
        """A record of control.py; False for what is none, since the code may write what it likes."""
        try:
            record = json.loads(text)
            kind, number = record["kind"], record["number"]
            if kind == REASON:
                self._reason = str(record["reason"])
            elif kind == WATCH:
                watch = threading.Timer(float(record["seconds"]), self._end, (str(record["reason"]),))
                watch.daemon = True
                self._watches[number] = watch
                watch.start()
            elif kind == CALM and number in self._watches:
                self._watches.pop(number).cancel()
        except (ValueError, TypeError, KeyError):
            return False
        return True

    def _end(self, reason: str) -> None:
        self._reason = reason
        self.process.kill()


def run_pool_on_windows() -> int:
    """Runs until stdin ends, or no worker stays alive; gives the exit code."""
    try:
        config = parse_config(read_config_line(0))
        if not config.token:
            raise Fault("BAD_REQUEST", "a pool on Windows needs a token: its pipe cannot tell who connects")
        workers: List[WindowsWorker] = []
        # One after the other: the first one makes the pipe, and the others join it.
        for number in range(1, config.workers + 1):
            worker = WindowsWorker(config, Post(number, config.workers, config.path), 1)
            workers.append(worker)
            if not _wait_until_ready(worker):
                _kill(workers)
                details: Dict[str, Any] = {"lastLines": worker.tail.lines()}
                raise Fault("INTERNAL", "the worker ended before it was ready", details=details)
    except Fault as fault:
        _say({"ready": False, "code": fault.code, "message": fault.message, "details": fault.details})
        return 1
    facts = {"pid": workers[0].process.pid, "python": ".".join(map(str, sys.version_info[:3]))}
    ready = {"ready": True, "protocol": PROTOCOL, "role": "pool", "path": config.path, "pid": os.getpid()}
    pids = {"workers": [{"pid": worker.process.pid} for worker in workers]} if config.workers > 1 else {}
    _say({**ready, "worker": facts, **pids})
    begin_collecting()
    threading.Thread(target=_end_with_host, args=(workers,), daemon=True).start()
    given_up: queue.SimpleQueue[int] = queue.SimpleQueue()
    for place in range(config.workers):
        arguments = (config, workers, place, given_up)
        threading.Thread(target=_keep_alive, args=arguments, name=f"beep-keeper-{place}", daemon=True).start()
    code = given_up.get()
    _kill(workers)
    return code


def worker_document(config: PoolConfig, post: Post, epoch: int) -> Dict[str, Any]:
    """What a worker gets on its stdin."""
    share = config.settings._replace(queue=share_of_queue(config.settings.queue, post.workers))
    # The name of the server's pipe is made by the first worker; whoever takes over from it joins those that are left.
    joins = {"joins": post.worker > 1 or epoch > 1} if post.workers > 1 else {}
    way = {"path": config.path, "token": config.token, "epoch": epoch, "host": config.infrastructure}
    return {**way, **share.document(), **post.document(), **joins}


def _keep_alive(
    config: PoolConfig, current: List[WindowsWorker], place: int, given_up: "queue.SimpleQueue[int]"
) -> None:
    guard, epoch = RestartGuard(), 1
    while True:
        worker = current[place]
        loss = worker.wait()
        which = {"worker": worker.post.worker} if config.workers > 1 else {}
        _tell("worker.lost", pid=loss.pid, **which, **loss.evidence)
        # Whether it had work is not known here: becoming ready counts.
        delay: Optional[float] = guard.after(time.monotonic() - worker.started_at, worker.ready.is_set())
        if delay is None:
            fault = loss.fault()
            _tell("pool.failed", code=fault.code, message=fault.message, details=fault.details)
            given_up.put(1)
            return
        time.sleep(delay)
        epoch += 1
        current[place] = WindowsWorker(config, worker.post, epoch)
        if _wait_until_ready(current[place]):
            _tell("worker.started", pid=current[place].process.pid, **which)


def _wait_until_ready(worker: WindowsWorker) -> bool:
    deadline = time.monotonic() + READY_PATIENCE
    while not worker.ready.wait(0.02):
        if worker.process.poll() is not None or time.monotonic() > deadline:
            worker.process.kill()
            return False
    return True


def _end_with_host(current: List[WindowsWorker]) -> None:
    while os.read(0, 65536):
        pass
    _kill(current)
    os._exit(0)


def _kill(workers: List[WindowsWorker]) -> None:
    for worker in workers:
        worker.process.kill()


def _say(document: Dict[str, Any]) -> None:
    os.write(1, json.dumps({key: value for key, value in document.items() if value is not None}).encode() + b"\n")


def _tell(event: str, **facts: Any) -> None:
    os.write(2, b"@beep " + json.dumps({"event": event, **facts}).encode() + b"\n")
