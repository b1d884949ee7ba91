"""The forms in which an object shows itself: HTML, images and the like, beside its repr as plain text."""

import sys
from binascii import b2a_base64
from typing import Any, Dict, Optional

from ..wire.text import to_json
from .long_repr import long_repr
from .pictures import picture_of

PLAIN = "text/plain"
# Characters. A form beyond this is left out; the plain text stays.
MAX_FORM = 16 * 1024 * 1024

_METHODS = {
    "_repr_html_": "text/html",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_json_": "application/json",
}


def forms_of(value: Any) -> Dict[str, str]:
    """All forms of an object, `text/plain` first. One that cannot be made is left out."""
    return {PLAIN: long_repr(value), **rich_forms(value)}


def rich_forms(value: Any) -> Dict[str, str]:
    """Those beside plain text; empty for most objects."""
    forms: Dict[str, Any] = {}
    picture = picture_of(value)
    if picture is not None:
        forms["image/png"] = picture
    # Looked up on the class: an object that answers to any name is none that has these.
    kind = type(value)
    bundle = _call(kind, "_repr_mimebundle_", value)
    forms.update(bundle if isinstance(bundle, dict) else {})
    for method, media_type in _METHODS.items():
        if media_type not in forms:
            forms[media_type] = _call(kind, method, value)
    written = {str(media_type): _written(form) for media_type, form in forms.items() if media_type != PLAIN}
    return {media_type: text for media_type, text in written.items() if text is not None and len(text) <= MAX_FORM}


def _call(kind: type, name: str, value: Any) -> Any:
    method = getattr(kind, name, None)
    if method is None:
        return None
    try:
        form = method(value)
    except Exception as error:
        print(f"{name} of a {kind.__name__} raised {type(error).__name__}: {error}", file=sys.stderr)
        return None
    # Some give metadata along.
    return form[0] if isinstance(form, tuple) and form else form


def _written(form: Any) -> Optional[str]:
    if isinstance(form, str):
        return form
    if isinstance(form, (bytes, bytearray)):
        return b2a_base64(form, newline=False).decode("ascii")
    if isinstance(form, (dict, list)):
        try:
            return to_json(form).decode()
        except (TypeError, ValueError, RecursionError):
            return None
    return None
