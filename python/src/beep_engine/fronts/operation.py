"""What an operation of docs/wire.md §2 is, as data."""

from typing import Any, Mapping, NamedTuple, Tuple, Union


class Kind(NamedTuple):
    """A JSON type. `accepts` is None for any value at all."""

    noun: str
    accepts: Union[type, Tuple[type, ...], None]


TEXT = Kind("a string", str)
LIST = Kind("an array", list)
OBJECT = Kind("an object", dict)
NUMBER = Kind("a whole number", int)
REAL = Kind("a number", (int, float))
FLAG = Kind("a boolean", bool)
ANYTHING = Kind("any value", None)


class Field(NamedTuple):
    """`limits`: what else is asked of it, in the words of JSON Schema; for the description, the worker checks it."""

    name: str
    kind: Kind
    about: str
    required: bool = False
    limits: Mapping[str, Any] = {}


class Operation(NamedTuple):
    """`one_of` names fields of which at least one must be given; `reply` names a shape of docs/wire.md §2.

    `in_session`: it may name the session in which it takes place, and limit its time, see `all_fields`. `is_long`: it
    tells of its progress, to whoever wants to hear of it.
    """

    command: str
    reply: str
    about: str
    fields: Tuple[Field, ...]
    one_of: Tuple[str, ...] = ()
    in_session: bool = True
    is_long: bool = False

    @property
    def all_fields(self) -> Tuple[Field, ...]:
        common = (IN_SESSION, TIME_LIMIT) if self.in_session else ()
        return (*self.fields, *common, *((PROGRESS,) if self.is_long else ()))


TIME_LIMIT = Field(
    "timeoutSeconds",
    REAL,
    "How long the code may run; then it is interrupted, and the answer is TIMEOUT.",
    limits={"minimum": 0.001, "maximum": 604800},
)
PROGRESS = Field("progress", FLAG, "True: events before the reply tell how far it is. HTTP answers with a stream.")
IN_SESSION = Field("sessionId", TEXT, "The session in which it takes place; without one, no name survives it.")

# Names and handle ids; code may be empty.
NOT_EMPTY: Mapping[str, Any] = {"minLength": 1}
