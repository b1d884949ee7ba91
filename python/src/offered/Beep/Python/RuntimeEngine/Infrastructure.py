"""See Beep: the environment manager, by the names of the older .NET system."""

from beep_host._venv_manager import PackageInstallStatus, PackageStatus, VenvManager

__all__ = ["PackageInstallStatus", "PackageStatus", "VenvManager"]
