"""A bare FastAPI app that evaluates in its own process: what most people would write first. Prints its port when it listens."""

import socket
import sys

import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

app = FastAPI()
names = {}


class Question(BaseModel):
    expression: str


@app.post("/eval")
async def evaluate(question: Question):
    return {"value": eval(question.expression, names)}


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
config = uvicorn.Config(app, access_log=False, log_level="warning")
sys.exit(uvicorn.Server(config).run(sockets=[listener]))
