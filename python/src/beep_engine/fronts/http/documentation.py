"""The pages that describe the operations, loaded when somebody asks for them.

FastAPI takes longer to import than all the rest of the front; a server that nobody reads about never pays for it.
"""

import asyncio
from typing import Any, Awaitable, Callable, Dict, Optional

from ...faults import Fault

AsgiApp = Callable[[Dict[str, Any], Any, Any], Awaitable[None]]

DOCUMENTATION_PATHS = ("/docs", "/openapi.json")


class Documentation:
    def __init__(self) -> None:
        self._loading: Optional[asyncio.Future[AsgiApp]] = None

    async def app(self) -> AsgiApp:
        """The FastAPI application; an INTERNAL fault where it cannot be imported."""
        if self._loading is None:
            self._loading = asyncio.ensure_future(asyncio.to_thread(_load))
        try:
            return await asyncio.shield(self._loading)
        except ImportError as error:
            self._loading = None
            raise Fault(
                "INTERNAL",
                f"the documentation cannot be shown: {error}",
                hint="Repair the admin environment with `beep-host venv admin`.",
            ) from None


def _load() -> AsgiApp:
    from .description import build_description_app

    return build_description_app()
