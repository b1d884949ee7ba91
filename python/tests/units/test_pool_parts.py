"""The pure parts of pool and worker."""

import faulthandler
import json
import os
import signal
import socket
import struct
import subprocess
import sys

import pytest

from beep_engine.faults import Fault
from beep_engine.platform import peers
from beep_engine.platform.files import WANTED, wanted_limit
from beep_engine.pool.config import default_start, parse_config
from beep_engine.pool.guard import FIRST_DELAY, MAX_QUICK_DEATHS, RestartGuard
from beep_engine.pool.lost import Loss, how_it_ended
from beep_engine.pool.relay import MAX_WAITING, Relay
from beep_engine.pool.tail import MAX_LINE, MAX_LINES, Tail, spellings
from beep_engine.settings import Settings, read_settings
from beep_engine.slots import MAX_CONNECTIONS, SlotTable, make_shared_file
from beep_engine.wire.limits import MAX_LINES_IN_FLIGHT


def test_guard_forgives_deaths_that_mean_nothing():
    guard = RestartGuard()
    for _ in range(100):
        assert guard.after(0.01, worked=True) == 0.0
        assert guard.after(60, worked=False) == 0.0


def test_guard_waits_longer_each_time_and_gives_up():
    guard = RestartGuard()
    delays = [guard.after(0.01, worked=False) for _ in range(MAX_QUICK_DEATHS + 1)]
    assert delays == [FIRST_DELAY * 2**n for n in range(MAX_QUICK_DEATHS)] + [None]
    guard = RestartGuard()
    guard.after(0.01, worked=False)
    guard.after(10, worked=False)
    assert guard.after(0.01, worked=False) == FIRST_DELAY


def test_how_a_process_ended():
    def status(code):
        process = subprocess.Popen([sys.executable, "-c", code])
        return os.waitpid(process.pid, 0)[1]

    assert how_it_ended(status("raise SystemExit(7)")) == {"exitCode": 7}
    assert how_it_ended(status("import os; os.kill(os.getpid(), 9)")) == {"signal": "SIGKILL"}
    assert how_it_ended(40) == {"signal": "SIG40"}


def test_a_loss_in_words():
    fault = Loss(12, {"signal": "SIGSEGV"}, ["last"]).fault()
    assert fault.code == "WORKER_LOST"
    assert "SIGSEGV (it touched memory" in fault.message
    assert fault.details == {"signal": "SIGSEGV", "lastLines": ["last"]}
    assert "exit code 3" in Loss(12, {"exitCode": 3}, []).fault().message


def test_our_folder_is_known_as_faulthandler_spells_it(tmp_path):
    folder = "/bé ep/☃/😀\udcff/"
    with (tmp_path / "report").open("w+b") as report:
        exec(
            compile("dump(report)", folder + "code.py", "exec"), {"dump": faulthandler.dump_traceback, "report": report}
        )
        report.seek(0)
        assert spellings(folder)[1] in report.read()


def test_tail_is_bounded():
    tail = Tail()
    tail.feed(b"".join(b"line %d\r\n" % number for number in range(100)) + b"\n\n" + b"x" * 5000)
    lines = tail.lines()
    assert len(lines) == MAX_LINES
    assert lines[-2:] == ["line 99", "x" * MAX_LINE]
    tail.feed(b"y\nmore")
    assert tail.lines()[-1] == "more"
    tail.clear()
    assert tail.lines() == []
    tail.feed(b"\xff\xfe")
    assert tail.lines() == ["\ufffd\ufffd"]


def test_relay_puts_events_on_lines_of_their_own():
    reader, writer = os.pipe()
    relay = Relay(writer)
    os.write(relay.writer, b"half a line")
    relay.pump()
    relay.tell("worker.lost", pid=1)
    relay.tell("worker.started", pid=2)
    text = os.read(reader, 65536).decode()
    assert text.splitlines()[0] == "half a line"
    assert [json.loads(line[6:])["pid"] for line in text.splitlines()[1:]] == [1, 2]


def test_relay_never_waits_for_its_reader():
    reader, writer = os.pipe()
    relay = Relay(writer)
    sent = 0
    os.set_blocking(relay.writer, False)
    while not relay.full:
        sent += os.write(relay.writer, b"x" * 1000)
        relay.pump()
    assert relay.blocked
    assert sent >= MAX_WAITING
    received = 0
    while received < sent:
        received += len(os.read(reader, 65536))
        relay.flush()
        relay.pump()
    assert not relay.blocked
    os.close(reader)
    os.write(relay.writer, b"to nobody")
    relay.pump()
    assert not relay.blocked


def test_slots_remember_what_was_in_flight(tmp_path):
    fd = make_shared_file(str(tmp_path))
    worker, pool = SlotTable(fd), SlotTable(fd)
    slot, seen = worker.slot(MAX_CONNECTIONS - 1), pool.slot(MAX_CONNECTIONS - 1)
    first, second, third = slot.note(b"1"), slot.note(b""), slot.note(b'"x"')
    assert sorted(seen.in_flight()) == [b"", b'"x"', b"1"]
    slot.forget(second)
    assert sorted(seen.in_flight()) == [b'"x"', b"1"]
    slot.forget(first)
    slot.forget(third)
    assert list(seen.in_flight()) == []
    for _ in range(3 * MAX_LINES_IN_FLIGHT):
        slot.forget(slot.note(b"x" * 60))
    entries = [slot.note(b"") for _ in range(MAX_LINES_IN_FLIGHT)]
    assert slot.journal_room == 0
    slot.forget(entries[17])
    assert slot.journal_room == 1
    slot.dialect, slot.reading, slot.writing = 2, True, True
    assert (seen.dialect, seen.reading, seen.writing) == (2, True, True)
    assert (pool.slot(0).dialect, pool.worked) == (0, False)
    slot.note_work()
    assert pool.worked
    seen.reset()
    assert (slot.dialect, slot.reading, list(slot.in_flight())) == (0, False, [])
    assert list(tmp_path.iterdir()) == []


def test_shared_memory_where_there_is_no_memfd(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "memfd_create", raising=False)
    fd = make_shared_file(str(tmp_path))
    SlotTable(fd).slot(3).dialect = 1
    assert SlotTable(fd).slot(3).dialect == 1
    assert list(tmp_path.iterdir()) == []


def test_the_peers_user(tmp_path):
    one, other = socket.socketpair()
    with one, other:
        assert peers.peer_uid(one) == os.getuid()
    assert peers.uid_of_ucred(struct.pack("iII", 77, 501, 20)) == 501
    # As macOS gives it: version, uid, number of groups, then only those groups.
    assert peers.uid_of_xucred(struct.pack("IIh2x3I", 0, 502, 3, 20, 12, 61)) == 502


def test_file_limits():
    infinity = -1
    assert wanted_limit(256, infinity, infinity) == WANTED
    assert wanted_limit(1024, 1048576, infinity) == WANTED
    assert wanted_limit(1024, 2000, infinity) == 2000
    assert wanted_limit(20000, 20000, infinity) is None
    assert wanted_limit(1024, 1024, infinity) is None
    assert wanted_limit(infinity, infinity, infinity) is None


def test_config():
    config = parse_config(b'{"protocol":1,"role":"pool","name":"demo","path":"/x","token":"t"}\n', "linux")
    assert config == ("demo", "/x", "fork", "t", None, Settings(), 1)
    limits = b'"timeoutSeconds":9,"graceSeconds":0,"cancelOnDisconnect":false,"processLimit":7,"queueLimit":8'
    config = parse_config(b'{"protocol":1,"path":"/x",%s}' % limits, "linux")
    assert config.settings == (9, 0, False, 7, 8)
    assert read_settings(config.settings.document()) == config.settings
    assert parse_config(b'{"protocol":1,"path":"/x"}', "darwin").start == "spawn"
    assert parse_config(b'{"protocol":1,"path":"/x","start":"fork"}', "darwin").start == "fork"
    assert [default_start(name) for name in ("linux", "darwin", "freebsd14")] == ["fork", "spawn", "spawn"]
    for bad in (
        b'{"protocol":1}',
        b'{"protocol":1,"path":7}',
        b'{"protocol":1,"path":"/x","token":5}',
        b'{"path":"/x"}',
    ):
        with pytest.raises(Fault, match=r"path|token|protocol"):
            parse_config(bad, "linux")


def test_signals_are_only_changed_in_pools():
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
