"""`python coverage_guided.py frames|lines RUNS`: atheris feeds the parser bytes that lead it where it has not been yet.

A program of its own: atheris instruments what is imported after it, and ends the process when it is done.
"""

import sys

import atheris

with atheris.instrument_imports(include=["beep_engine"]):
    from beep_engine.faults import Fault
    from beep_engine.wire.frames import FrameParser, Message
    from beep_engine.wire.lines import LineParser

SEEDS = {
    "frames": [b"BPF1\x02\0\0\0\0\0\0\0{}", b'BPF1\x14\0\0\0\x01\0\0\0{"attachments": [1]}x', b"BPF2"],
    "lines": [b'{"id":1,"command":"ping"}\n', b"\xef\xbb\xbf{}\r\n\n[1]\n{", b"\0"],
}


def results_of(kind, pieces):
    parser = FrameParser() if kind == "frames" else LineParser()
    results = [result for piece in pieces for result in parser.feed(piece)]
    return results + parser.finish() if isinstance(parser, LineParser) else results


def told(results):
    assert all(isinstance(result, (Message, Fault)) for result in results)
    return [result.header if isinstance(result, Message) else result.code for result in results]


def main():
    kind, runs = sys.argv[1], sys.argv[2]

    def try_one(data):
        middle = data[0] % (len(data) + 1) if data else 0
        # Whole, and in two pieces: the same messages, or the same faults, and nothing else is ever raised.
        assert repr(told(results_of(kind, [data]))) == repr(told(results_of(kind, [data[:middle], data[middle:]])))

    for seed in SEEDS[kind]:
        try_one(seed)
    atheris.Setup([sys.argv[0], f"-runs={runs}", "-max_len=300", "-seed=7", "-rss_limit_mb=4096"], try_one)
    atheris.Fuzz()


main()
