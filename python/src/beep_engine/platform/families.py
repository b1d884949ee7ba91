"""The processes that a process has started, and those that these have."""

import os
import signal
import sys
from typing import Dict, Iterable, List, NamedTuple, Optional, Set

# Of those that a family is halted in: each has fewer left to start others.
ROUNDS = 20


class Kin(NamedTuple):
    parent: int
    group: int


def can_count() -> bool:
    """Whether this system tells; where it does not, nobody counts (docs/security.md)."""
    return sys.platform.startswith("linux") and os.path.isdir("/proc/self")


def all_kin() -> Dict[int, Kin]:
    """By process id."""
    found: Dict[int, Kin] = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/stat", "rb") as stat:
                    found[int(name)] = parse_stat(stat.read())
            except (OSError, ValueError, IndexError):
                # It has ended meanwhile.
                pass
    return found


def parse_stat(text: bytes) -> Kin:
    """proc(5): a name in brackets, which may hold anything, then state, parent and group."""
    _state, parent, group = text[text.rindex(b")") + 1 :].split(None, 3)[:3]
    return Kin(int(parent), int(group))


def family_of(root: int, kin: Dict[int, Kin]) -> Set[int]:
    """Of the leader of a group: that group, what descends from it, and the groups that those have made."""
    by_parent: Dict[int, List[int]] = {}
    by_group: Dict[int, List[int]] = {}
    for pid, (parent, group) in kin.items():
        by_parent.setdefault(parent, []).append(pid)
        by_group.setdefault(group, []).append(pid)
    family, waiting = {root}, [root]
    while waiting:
        pid = waiting.pop()
        for other in by_parent.get(pid, []) + by_group.get(pid, []):
            if other not in family:
                family.add(other)
                waiting.append(other)
    return family


def last_pid() -> Optional[int]:
    """The id of the newest process or thread of the system; None where it does not tell."""
    try:
        with open("/proc/loadavg", "rb") as loads:
            fields = loads.read().split()
        return int(fields[4]) or None
    except (OSError, ValueError, IndexError):
        return None


def stop_family(root: int) -> Set[int]:
    """Halts it, until nobody in it can start another process unseen."""
    stopped: Set[int] = set()
    for _ in range(ROUNDS):
        family = family_of(root, all_kin())
        if family <= stopped:
            break
        _signal_all(family - stopped, signal.SIGSTOP)
        stopped |= family
    return stopped


def end_all(pids: Iterable[int]) -> None:
    _signal_all(pids, signal.SIGKILL)


def _signal_all(pids: Iterable[int], number: int) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except OSError:
            pass
