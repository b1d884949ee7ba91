"""Runs Python from Python, in a running server over http or pipe: `python main.py demo`.

Needs the package in `python/`: `pip install ./python`. It is pure Python and needs nothing else.
"""

import sys

from beep_client import PythonError, connect

# Address and token are found by the server's name, in its endpoint file.
with connect(sys.argv[1] if len(sys.argv) > 1 else "demo") as python:
    print("area:", python.evaluate("import math\nround(math.pi * r ** 2, 2)", {"r": 4}))

    python.execute("for n in range(3): print(n)", on_event=lambda event: print(event.fields["text"], end=""))

    try:
        python.evaluate("1 / 0")
    except PythonError as error:
        print("error:", error.message)
