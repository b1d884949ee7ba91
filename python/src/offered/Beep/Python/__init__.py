"""See Beep."""
