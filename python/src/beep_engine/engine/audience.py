"""Who sees what a run of code shows, and answers what it asks: the caller, however far away."""

from typing import Any, Callable, Dict, Optional, Protocol, Set

# Given the frame that an interrupt met: True when the interrupt is taken care of, so that nothing is raised there.
Hook = Callable[[Any], bool]

# The files in which, and in what is called from which, no interrupt raises: it comes again a moment later.
UNDISTURBED: Set[str] = set()


class Audience(Protocol):
    """The one of `execute`. All of it may be called by any thread of the code; what is shown keeps its order."""

    # Set while something other than an exception must end the code: an event loop (see awaiting.py).
    on_interrupt: Optional[Hook]

    def show_text(self, stream: str, text: str) -> None:
        """`stream` is stdout or stderr. Waits while the caller cannot keep up, within reason."""

    def flush(self) -> None:
        """Lets out what is still held back to be sent together with what follows."""

    def show(self, data: Dict[str, str], is_result: bool) -> None:
        """Something with forms of its own: media type to content, binary ones as base64."""

    def ask(self, prompt: str, password: bool) -> Optional[str]:
        """A text that the caller types; None when there is nobody who could, or who will."""

    def met(self) -> bool:
        """The code is being told of the interrupt; False when it has been told already."""
