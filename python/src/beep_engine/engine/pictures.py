"""Figures of matplotlib as PNG, without the code asking for it."""

import sys
from io import BytesIO
from typing import Any, Callable, Dict, List, Optional

from .late_patches import LatePatches

Forms = Dict[str, str]
Show = Callable[[Forms], None]
SETTINGS = {"format": "png", "bbox_inches": "tight"}


def picture_of(value: Any) -> Optional[bytes]:
    """The PNG of a figure; None for everything else, and for one that cannot be drawn, which stderr tells."""
    if not is_figure(value):
        return None
    picture = BytesIO()
    try:
        value.savefig(picture, **SETTINGS)
    except Exception as error:
        print(f"a figure could not be drawn: {type(error).__name__}: {error}", file=sys.stderr)
        return None
    return picture.getvalue()


def is_figure(value: Any) -> bool:
    kind = getattr(sys.modules.get("matplotlib.figure"), "Figure", None)
    return kind is not None and issubclass(type(value), kind)


class OpenFigures:
    """The figures that pyplot keeps open for the run: each is shown where `plt.show()` stands, or at the end.

    `forms_of` draws one, `show` shows it; `is_running` tells whether there is anybody to show it to.
    """

    def __init__(
        self, patches: LatePatches, forms_of: Callable[[Any], Forms], show: Show, is_running: Callable[[], bool]
    ) -> None:
        self._forms_of = forms_of
        self._show = show
        self._is_running = is_running
        self._older: List[Any] = []
        self._displayed: List[Forms] = []
        patches.add("matplotlib", _use_agg)
        patches.add("matplotlib.backends.backend_agg", self._patch_show)

    def begin(self) -> None:
        self._older = _managers()

    def displayed(self, forms: Forms) -> None:
        """The code has shown this figure itself: it is not shown again as long as it looks the same."""
        self._displayed.append(forms)

    def show_all(self) -> None:
        for manager in self._new():
            forms = self._forms_of(manager.canvas.figure)
            self._close(manager)
            if forms not in self._displayed:
                self._show(forms)

    def close_all(self) -> None:
        for manager in self._new():
            try:
                self._close(manager)
            except Exception as error:
                print(f"beep: a figure could not be closed: {error!r}", file=sys.__stderr__)
        self._older = []
        self._displayed = []

    def take(self, value: Any) -> None:
        """The figure is about to be shown for another reason: not a second time at the end."""
        for manager in self._new():
            if manager.canvas.figure is value:
                self._close(manager)

    def _new(self) -> List[Any]:
        older = set(map(id, self._older))
        return [manager for manager in _managers() if id(manager) not in older and _has_no_window(manager)]

    @staticmethod
    def _close(manager: Any) -> None:
        sys.modules["matplotlib.pyplot"].close(manager.canvas.figure)

    def _patch_show(self, module: Any) -> None:
        own = getattr(module, "show", None)

        def show(*arguments: Any, **options: Any) -> Any:
            if self._is_running():
                return self.show_all()
            return own(*arguments, **options) if own is not None else None

        module.show = show


def _managers() -> List[Any]:
    pylab = sys.modules.get("matplotlib._pylab_helpers")
    return [] if pylab is None or "matplotlib.pyplot" not in sys.modules else pylab.Gcf.get_all_fig_managers()


def _has_no_window(manager: Any) -> bool:
    return getattr(type(manager.canvas), "required_interactive_framework", None) is None


def _use_agg(matplotlib: Any) -> None:
    """Draws into memory, unless the user has chosen how to draw: in the code, in MPLBACKEND or in matplotlibrc."""
    chosen = dict.__getitem__(matplotlib.rcParams, "backend")
    if chosen is matplotlib.rcsetup._auto_backend_sentinel:
        matplotlib.use("agg")
