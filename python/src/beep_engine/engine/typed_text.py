"""Values that travel as text with a `$type`: dates, decimals, UUIDs, paths. Their modules are looked up, never
imported: where a module is missing, none of its values can be."""

import sys
from typing import Any, Callable, Dict, Optional

Form = Dict[str, Any]


def typed_text(kind: type, value: Any) -> Optional[Form]:
    """The form of a value of exactly this type; None when it has none."""
    for module_name, names in _FORMS.items():
        module = sys.modules.get(module_name)
        if module is None:
            continue
        for name, form in names.items():
            if getattr(module, name, None) is kind:
                return form(value)
    return None


def _text_of(tag: str, write: Callable[[Any], str]) -> Callable[[Any], Optional[Form]]:
    def form(value: Any) -> Optional[Form]:
        try:
            text = write(value)
            text.encode()
        except Exception:
            # A tzinfo of the user's that raises, a path that is not Unicode.
            return None
        return {"$type": tag, "value": text}

    return form


def _isoformat(value: Any) -> str:
    return value.isoformat()


def _timedelta(value: Any) -> Form:
    parts = {"days": value.days, "seconds": value.seconds, "microseconds": value.microseconds}
    return {"$type": "timedelta", **parts}


_FORMS: Dict[str, Dict[str, Callable[[Any], Optional[Form]]]] = {
    "datetime": {
        "datetime": _text_of("datetime", _isoformat),
        "date": _text_of("date", _isoformat),
        "time": _text_of("time", _isoformat),
        "timedelta": _timedelta,
    },
    "decimal": {"Decimal": _text_of("decimal", str)},
    "uuid": {"UUID": _text_of("uuid", str)},
    "pathlib": {"PosixPath": _text_of("path", str), "WindowsPath": _text_of("path", str)},
}
