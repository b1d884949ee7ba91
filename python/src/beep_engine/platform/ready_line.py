"""What a worker on Windows tells its pool on lines of stderr of its own."""

# That clients can connect.
READY_LINE = b"@beep-worker ready"
# Followed by a JSON object: a record of control.py that no answer is expected for.
WORKER_LINE = b"@beep-worker "
