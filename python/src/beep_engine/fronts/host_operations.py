"""What clients ask of the host through a server: docs/wire.md §2.5 and §2.6."""

from typing import Tuple

from .operation import FLAG, LIST, NOT_EMPTY, NUMBER, TEXT, Field, Operation

_PROVIDER = Field("providerName", TEXT, "The provider that the environment is for.", limits=NOT_EMPTY)
_MODEL = Field("modelId", TEXT, "Its model, for an environment of its own.", limits=NOT_EMPTY)
_PACKAGES = Field(
    "packages", LIST, "Requirements, such as `numpy` and `pandas>=2.2`.", limits={"items": {"type": "string"}}
)
_WHICH = (
    Field("venvPath", TEXT, "The environment's folder, or its name.", limits=NOT_EMPTY),
    Field("name", TEXT, "Or its name alone.", limits=NOT_EMPTY),
    _PROVIDER,
    _MODEL,
)
_ONE_OF_WHICH = ("venvPath", "name", "providerName")
_RUNTIME = Field("runtimeId", TEXT, "Its id, as `runtime_list` gives it.", True, NOT_EMPTY)
_SERVER = Field("name", TEXT, "Its name.", True, NOT_EMPTY)
_JOB = Field("jobId", TEXT, "Its id, as `job_list` gives it.", True, NOT_EMPTY)
_VERSION = {"pattern": r"^[0-9]+([.][0-9]+){0,2}(rc[0-9]+)?$"}
_AUTH = {"enum": ["token", "none"]}
_SCOPE = {"enum": ["none", "read", "full"]}
_RESTART = {"enum": ["on-failure", "never"]}

HOST_OPERATIONS: Tuple[Operation, ...] = (
    Operation(
        "venv_ensure",
        "environment",
        "Makes the environment of a provider, or makes it whole; safe to repeat.",
        (_PROVIDER._replace(required=True), _MODEL),
        in_session=False,
        is_long=True,
    ),
    Operation(
        "venv_create",
        "environment",
        "Makes the environment of a provider, or one with a name that is free.",
        (_PROVIDER, _MODEL, Field("name", TEXT, "A name, instead of a provider.", limits=NOT_EMPTY), _PACKAGES),
        one_of=("providerName", "name"),
        in_session=False,
        is_long=True,
    ),
    Operation(
        "venv_delete",
        "success",
        "Deletes an environment; it can be brought back for a day.",
        (*_WHICH, Field("permanent", FLAG, "True: for good.")),
        one_of=_ONE_OF_WHICH,
        in_session=False,
        is_long=True,
    ),
    Operation("venv_list", "environments", "Describes all environments of the host.", (), in_session=False),
    Operation(
        "venv_install",
        "environment",
        "Installs packages into an environment, in one resolve.",
        (*_WHICH, _PACKAGES._replace(required=True, limits={"items": {"type": "string"}, "minItems": 1})),
        one_of=_ONE_OF_WHICH,
        in_session=False,
        is_long=True,
    ),
    Operation(
        "venv_status",
        "environment_status",
        "Describes an environment and what is installed in it.",
        _WHICH,
        one_of=_ONE_OF_WHICH,
        in_session=False,
    ),
    Operation("runtime_list", "runtimes", "Describes all Pythons that the host knows.", (), in_session=False),
    Operation("runtime_get", "runtime", "Describes one Python.", (_RUNTIME,), in_session=False),
    Operation(
        "runtime_install",
        "runtime",
        "Downloads a Python; the default one stays as it is.",
        (Field("version", TEXT, "Such as `3.12`; without it, the newest of the catalog.", limits=_VERSION),),
        in_session=False,
        is_long=True,
    ),
    Operation("server_list", "servers", "Describes all servers of the host, running or not.", (), in_session=False),
    Operation("server_status", "server", "Describes one server.", (_SERVER,), in_session=False),
    Operation(
        "server_start",
        "server",
        "Starts a saved server by its name, or a new one with a transport, and waits until it answers.",
        (
            Field("name", TEXT, "Its name; without one, that of the transport.", limits=NOT_EMPTY),
            Field("transport", TEXT, "`http`, `pipe` or `rpc`.", limits={"enum": ["http", "pipe", "rpc"]}),
            Field("environment", TEXT, "The environment of its code; else `default`.", limits=NOT_EMPTY),
            Field("port", NUMBER, "A fixed port; 0: any free one.", limits={"minimum": 0, "maximum": 65535}),
            Field("workers", NUMBER, "Processes that run code side by side.", limits={"minimum": 1, "maximum": 64}),
            Field("auth", TEXT, "`token`, or `none` where the user has saved it so.", limits=_AUTH),
            Field("infrastructure", TEXT, "`none`, or what the user has saved.", limits=_SCOPE),
            Field("restart", TEXT, "What becomes of it when it dies; else what is saved.", limits=_RESTART),
        ),
        one_of=("name", "transport"),
        in_session=False,
        is_long=True,
    ),
    Operation("server_stop", "server", "Stops a server, and waits until it is gone.", (_SERVER,), (), False, True),
    Operation("server_restart", "server", "Stops and starts a server.", (_SERVER,), (), False, True),
    Operation("job_list", "jobs", "Describes the host's long operations, running and recent.", (), in_session=False),
    Operation("job_get", "job", "Describes one of them.", (_JOB,), in_session=False),
    Operation("job_cancel", "job", "Asks one of them to stop.", (_JOB,), in_session=False),
)
