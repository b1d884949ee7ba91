/** Bytes in the megabyte of disks and download pages. */
export const megabyte = 1_000_000

/** Least log size that the host accepts, in whole megabytes. */
export const minLogMegabytes = Math.ceil(65_536 / megabyte)
