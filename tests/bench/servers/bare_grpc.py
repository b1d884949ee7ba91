"""A bare synchronous grpcio server that evaluates in its own process, with the messages of our proto. Prints its port when it listens."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "python" / "src"))

import grpc  # noqa: E402
from beep_engine.fronts.rpc._generated import python_service_pb2 as messages  # noqa: E402

NAMES = {}


def evaluate(request, _context):
    value = eval(request.expression, NAMES)
    return messages.EvaluateResponse(value_json=json.dumps(value), type_name=type(value).__name__)


server = grpc.server(ThreadPoolExecutor(max_workers=8))
handler = grpc.unary_unary_rpc_method_handler(
    evaluate, messages.EvaluateRequest.FromString, messages.EvaluateResponse.SerializeToString
)
server.add_generic_rpc_handlers(
    (grpc.method_handlers_generic_handler("beep.python.runtime.PythonService", {"Evaluate": handler}),)
)
print(server.add_insecure_port("127.0.0.1:0"), flush=True)
server.start()
server.wait_for_termination()
