"""A session's working folder and environment variables, in a process that it shares with others."""

import os
import sys
from typing import Dict, Optional


class Surroundings:
    """They are the process's own while the session's code runs, and what the code changes is kept for the next time."""

    def __init__(self, folder: Optional[str], variables: Dict[str, Optional[str]]) -> None:
        self._folder = folder
        self._variables = dict(variables)
        self._outer_folder: Optional[str] = None
        self._outer_variables: Dict[str, str] = {}

    def enter(self) -> None:
        self._outer_folder = _working_folder()
        self._outer_variables = dict(os.environ)
        if self._folder is not None:
            go_to(self._folder)
        set_variables(self._variables)

    def leave(self) -> None:
        folder = _working_folder()
        if self._folder is not None or folder != self._outer_folder:
            self._folder = folder
            if self._outer_folder is not None:
                go_to(self._outer_folder)
        variables = dict(os.environ)
        if variables != self._outer_variables or self._variables:
            outer = self._outer_variables
            self._variables = {name: value for name, value in variables.items() if outer.get(name) != value}
            self._variables.update({name: None for name in outer if name not in variables})
            set_variables({name: outer.get(name) for name in self._variables})


def _working_folder() -> Optional[str]:
    try:
        return os.getcwd()
    except OSError:
        # It has been removed.
        return None


def go_to(folder: str) -> None:
    try:
        os.chdir(folder)
    except OSError as error:
        print(f"beep: the working folder of a session is gone: {error}", file=sys.__stderr__)


def set_variables(variables: Dict[str, Optional[str]]) -> None:
    for name, value in variables.items():
        if value is not None:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)
