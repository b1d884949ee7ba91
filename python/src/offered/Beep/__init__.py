"""The names by which Python code reached the older .NET system. What they do, they do through `beep_host`."""
