"""The environment manager of the older .NET system, by its method names: a thin face over `beep_host.environments`.

docs/clients.md has the table of what became of each method. What fails raises HostError, where the older one gave null.
"""

import json
import os
import re
import subprocess
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Tuple, Union

from . import environments, gpu, profiles
from ._errors import HostError
from ._models import Environment

Packages = Union[str, Iterable[str], Dict[str, str]]


class PackageInstallStatus:
    """What `PackageStatus.Status` can be."""

    NotInstalled = "NotInstalled"
    Installed = "Installed"
    VersionMismatch = "VersionMismatch"
    Failed = "Failed"


class PackageStatus(NamedTuple):
    """A package of a provider's profile, and what is installed of it."""

    Name: str
    VersionConstraint: str
    Status: str
    InstalledVersion: Optional[str]
    ErrorMessage: Optional[str] = None
    IsOptional: bool = False


class VenvManager:
    """Takes whatever the older one was given (loggers, configurations, `...`), and needs none of it."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass

    def EnsureProviderEnvironment(self, providerName: str, modelId: Optional[str] = None, *_: Any) -> str:
        """The folder of the provider's environment, made or completed if need be."""
        return environments.ensure(providerName, modelId).path

    def EnsureEngineEnvironment(self, engineName: str, *_: Any) -> str:
        """The same: an engine is a provider like others."""
        return environments.ensure(engineName).path

    def CreateProviderVirtualEnvironment(self, providerName: str, modelId: Optional[str] = None, *_: Any) -> str:
        """The same: an environment that is there is kept."""
        return environments.ensure(providerName, modelId).path

    def GetProviderEnvironmentPath(self, providerName: str, modelId: Optional[str] = None) -> Optional[str]:
        """The folder, or None where the environment has not been made."""
        found = environments.find(providerName, modelId)
        return None if found is None else found.path

    def GetProviderPackageStatus(self, providerName: str, modelId: Optional[str] = None) -> List[PackageStatus]:
        """Each package of the provider's profile, the optional ones last.

        A constraint that is not met shows as VersionMismatch, an optional package that was skipped as Failed.
        """
        found = environments.find(providerName, modelId)
        installed = {} if found is None else _installed(found)
        skipped = {} if found is None else {one.requirement: one.reason for one in found.skipped}
        profile = profiles.of_provider(providerName)
        if profile is None:
            return []
        told = [_status(text, installed) for text in profile.packages]
        for text in profile.optional:
            status = _status(text, installed)._replace(IsOptional=True)
            if text in skipped and status.InstalledVersion is None:
                status = status._replace(Status=PackageInstallStatus.Failed, ErrorMessage=skipped[text])
            told.append(status)
        return told

    def InstallProviderPackagesInVenv(self, venv: str, packages: Packages, *_: Any) -> bool:
        """`venv` is an environment's folder or name, or a provider."""
        requirements = _requirements(packages)
        if requirements:
            environments.install(environments.at(venv).name, *requirements)
        return True

    def VerifyPackagesInstalled(self, venv: str, packages: Packages, *_: Any) -> bool:
        """Whether all of them are installed, in a version that meets their constraints, and can be imported."""
        environment = environments.at(venv)
        installed = _installed(environment)
        wanted = [_status(text, installed) for text in _requirements(packages)]
        if any(one.Status != PackageInstallStatus.Installed for one in wanted):
            return False
        return _can_import(environment, [one.Name for one in wanted])

    def DeleteVirtualEnvironment(self, venv: str, *_: Any) -> bool:
        """False where there is none. It can be brought back for a day."""
        try:
            environments.delete(environments.at(venv).name)
        except HostError as error:
            if error.code == "NOT_FOUND":
                return False
            raise
        return True

    def RunScriptInVenv(self, venv: str, script: str, *arguments: str) -> Tuple[bool, str, str]:
        """Runs a file with the environment's own Python: whether it succeeded, its output and its errors."""
        command = [environments.at(venv).executable, "-u", "-I", script, *map(str, arguments)]
        done = subprocess.run(
            command, check=False, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="replace"
        )
        return done.returncode == 0, done.stdout, done.stderr

    def GetTrackedPackages(self, venv: str) -> List[str]:
        """What is installed: the host reads it in the environment itself, so that nothing has to be tracked."""
        return sorted(_installed(environments.at(venv)))

    def IsPackageTracked(self, venv: str, package: str) -> bool:
        """Whether it is installed."""
        return _key(package) in _installed(environments.at(venv))

    def DetectGpuBackend(self, forceRefresh: bool = False, *_: Any) -> str:
        """`cuda`, `rocm`, `metal`, `vulkan` or `cpu`: what the machine has, or what the user of the host has set."""
        return gpu.get(refresh=forceRefresh).backend

    def GetGpuBackend(self) -> str:
        """What was found before."""
        return gpu.get().backend

    def MarkPackageInstalled(self, *_: Any) -> None:
        """Nothing: see GetTrackedPackages."""

    MarkPackagesInstalled = MarkPackageInstalled


# Imports packages by the modules that they bring, and says which failed.
_IMPORTER = os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 3, "probe", "import_check.py")


def _can_import(environment: Environment, names: List[str]) -> bool:
    if not names:
        return True
    command = [environment.executable, "-I", "-X", "utf8", os.path.normpath(_IMPORTER), *names]
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8")
    answers = [line for line in done.stdout.splitlines() if line.startswith("@beep-imports ")]
    return bool(answers) and not json.loads(answers[-1].partition(" ")[2])["failed"]


def _installed(environment: Environment) -> Dict[str, str]:
    """Versions by name."""
    return {_key(one.name): one.version for one in environments.packages(environment.name)}


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _requirements(packages: Packages) -> List[str]:
    """From one, some, or a dictionary of names and constraints."""
    if isinstance(packages, str):
        return [packages]
    if isinstance(packages, dict):
        return [f"{name}{constraint or ''}" for name, constraint in packages.items()]
    return [*packages]


def _status(requirement: str, installed: Dict[str, str]) -> PackageStatus:
    name, constraint = re.match(r"([A-Za-z0-9._-]*)(?:\[[^\]]*\])?([^;]*)", requirement.strip()).groups()
    version = installed.get(_key(name))
    if version is None:
        status = PackageInstallStatus.NotInstalled
    elif _meets(version, constraint):
        status = PackageInstallStatus.Installed
    else:
        status = PackageInstallStatus.VersionMismatch
    return PackageStatus(name, constraint.strip(), status, version)


def _meets(version: str, constraint: str) -> bool:
    """By the numbers of releases, which decide all but early versions; of `~=`, its lower end."""
    for clause in filter(None, (part.strip() for part in constraint.split(","))):
        found = re.match(r"(===|==|~=|!=|<=|>=|<|>)\s*(\S+)", clause)
        if found is None:
            continue
        operator, wanted = found.groups()
        have, want = _numbers(version), _numbers(wanted)
        if wanted.endswith(".*"):
            have = have[: len(want)]
        width = max(len(have), len(want))
        have, want = have + [0] * (width - len(have)), want + [0] * (width - len(want))
        met = {
            "===": have == want,
            "==": have == want,
            "!=": have != want,
            "<=": have <= want,
            "<": have < want,
            ">": have > want,
        }.get(operator, have >= want)
        if not met:
            return False
    return True


def _numbers(version: str) -> List[int]:
    return [int(number) for number in re.match(r"[0-9.]*", version.lstrip("v")).group().split(".") if number]
