"""How a worker on Windows tells its pool, on a line of stderr of its own, that clients can connect."""

READY_LINE = b"@beep-worker ready"
