"""The sizes of docs/wire.md, in bytes. They bound what one peer can make us hold."""

MAX_HEADER = 64 * 1024 * 1024
MAX_BODY = 1024 * 1024 * 1024
MAX_LINE = 64 * 1024 * 1024

# Requests of one connection that may be in flight; the next is not read before one of them is answered.
MAX_FRAMES_IN_FLIGHT = 1024
# Fewer for lines, because a pool keeps the id of each in shared memory to answer for a lost worker.
MAX_LINES_IN_FLIGHT = 64
# The JSON text of an id in the lines dialect, so that it fits into that memory.
MAX_ID_BYTES = 60
