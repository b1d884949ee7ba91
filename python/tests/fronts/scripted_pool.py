"""A pool that does what a test tells it to, for what a real one does only when it fails."""

import asyncio
import json
import os
import shutil
import tempfile
from contextlib import asynccontextmanager

from beep_engine.fronts.frame_reader import FrameReader
from beep_engine.fronts.pool_client import PoolClient
from beep_engine.wire.frames import MAGIC, PREFIX

DEADLINE = 60


def encoded(header, body=b""):
    text = header if isinstance(header, bytes) else json.dumps(header, separators=(",", ":")).encode()
    return PREFIX.pack(MAGIC, len(text), len(body)) + text + body


class Conversation:
    """The pool's side of one connection."""

    def __init__(self, reader, writer):
        self._reader = reader
        self._writer = writer
        self._frames = FrameReader()
        self._ready = []

    async def request(self):
        """The next request's header, after the greeting that nobody answers; None when the client has closed."""
        while True:
            while not self._ready:
                data = await self._reader.read(65536)
                if not data:
                    return None
                self._ready += self._frames.feed(data)
            header = json.loads(self._ready.pop(0)[0])
            if header["id"] != 0:
                return header

    def reply(self, header, body=b""):
        self._writer.write(encoded(header, body))

    def send_raw(self, data):
        self._writer.write(data)

    def close(self):
        self._writer.close()


@asynccontextmanager
async def scripted_pool(*scripts):
    """Gives a socket path. The n-th connection is handed to the n-th script, later ones to the last."""
    folder = tempfile.mkdtemp(prefix="bé p")
    path = os.path.join(folder, "pool.sock")
    count = 0
    conversations = set()

    async def serve(reader, writer):
        nonlocal count
        script = scripts[min(count, len(scripts) - 1)]
        count += 1
        conversations.add(asyncio.current_task())
        try:
            await script(Conversation(reader, writer))
        finally:
            writer.close()

    server = await asyncio.start_unix_server(serve, path)
    try:
        yield path
    finally:
        server.close()
        for conversation in conversations:
            conversation.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)
        shutil.rmtree(folder)


def run(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, DEADLINE))


async def opened(path, token=None):
    client = PoolClient(path, token)
    await client.open(DEADLINE)
    return client


async def reply_to(pending):
    return json.loads((await pending.reply).text)


async def silent(pool):
    while await pool.request():
        pass


async def echoing(pool):
    while True:
        request = await pool.request()
        if request is None:
            return
        pool.reply({"id": request["id"], "command": request["command"], "payload": request["payload"]})
