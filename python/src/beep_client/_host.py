"""What a server that was started with `--infrastructure` lets its clients ask the host for: docs/wire.md §2.5, §2.6.

What changes something needs the scope `full`, and tells its `progress` to whoever wants to hear of it.
"""

from typing import Any, Callable, Dict, List, Optional, Sequence

from ._models import (
    Environment,
    Job,
    Progress,
    Runtime,
    Server,
    environment_from,
    job_from,
    progress_from,
    runtime_from,
    server_from,
)

Fields = Dict[str, Any]
OnProgress = Optional[Callable[[Progress], Any]]
Ask = Callable[..., Fields]


class _Noun:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def _work(self, command: str, payload: Fields, progress: OnProgress) -> Fields:
        if progress is None:
            return self._ask(command, payload)

        def tell(event: Fields) -> None:
            progress(progress_from(event))

        return self._ask(command, {**payload, "progress": True}, tell)


class Environments(_Noun):
    def list(self) -> List[Environment]:
        return [environment_from(one) for one in self._ask("venv_list", {})["environments"]]

    def get(self, place: str) -> Environment:
        """By name or folder, or the provider's that is called so; with its packages. Raises ServerError `NOT_FOUND`."""
        return environment_from(self._ask("venv_status", {"venvPath": place}))

    def ensure(self, provider: str, model: Optional[str] = None, *, progress: OnProgress = None) -> Environment:
        """Of a provider, or of one of its models: made or made whole; safe to repeat."""
        return environment_from(self._work("venv_ensure", {"providerName": provider, "modelId": model}, progress))

    def create(self, name: str, packages: Sequence[str] = (), *, progress: OnProgress = None) -> Environment:
        """One with a name that is free."""
        return environment_from(self._work("venv_create", {"name": name, "packages": [*packages]}, progress))

    def install(self, place: str, *packages: str, progress: OnProgress = None) -> Environment:
        """Requirements such as `numpy` and `pandas>=2.2`, in one resolve."""
        return environment_from(self._work("venv_install", {"venvPath": place, "packages": [*packages]}, progress))

    def remove(self, place: str, *, permanent: bool = False, progress: OnProgress = None) -> None:
        """Unless `permanent`, it can be brought back for a day."""
        self._work("venv_delete", {"venvPath": place, "permanent": permanent}, progress)


class Runtimes(_Noun):
    def list(self) -> List[Runtime]:
        return [runtime_from(one) for one in self._ask("runtime_list", {})["runtimes"]]

    def get(self, id: str) -> Runtime:
        return runtime_from(self._ask("runtime_get", {"runtimeId": id}))

    def install(self, version: Optional[str] = None, *, progress: OnProgress = None) -> Runtime:
        """Downloads one such as `3.12`; without a version the newest. The default one stays as it is."""
        return runtime_from(self._work("runtime_install", {"version": version}, progress))


class Servers(_Noun):
    def list(self) -> List[Server]:
        return [server_from(one) for one in self._ask("server_list", {})["servers"]]

    def get(self, name: str) -> Server:
        return server_from(self._ask("server_status", {"name": name}))

    def start(
        self,
        name: Optional[str] = None,
        transport: Optional[str] = None,
        environment: Optional[str] = None,
        *,
        port: Optional[int] = None,
        restart: Optional[str] = None,
        progress: OnProgress = None,
    ) -> Server:
        """A saved one by its name, or a new one with a transport: `http`, `pipe` or `rpc`. Returns when it answers.

        `restart` says what becomes of it when it dies: `on-failure` starts it again, `never` does not.
        """
        payload = {"name": name, "transport": transport, "environment": environment, "port": port, "restart": restart}
        return server_from(self._work("server_start", payload, progress))

    def stop(self, name: str, *, progress: OnProgress = None) -> Server:
        return server_from(self._work("server_stop", {"name": name}, progress))

    def restart(self, name: str, *, progress: OnProgress = None) -> Server:
        return server_from(self._work("server_restart", {"name": name}, progress))


class Jobs(_Noun):
    def list(self) -> List[Job]:
        """Those that run, and those that ended lately."""
        return [job_from(one) for one in self._ask("job_list", {})["jobs"]]

    def get(self, id: str) -> Job:
        return job_from(self._ask("job_get", {"jobId": id}))

    def cancel(self, id: str) -> Job:
        """Asks it to stop; the answer is the job as it stands."""
        return job_from(self._ask("job_cancel", {"jobId": id}))
