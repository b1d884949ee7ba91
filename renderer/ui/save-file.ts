/** Gives the user a file, the way every browser and every desktop window knows: as a download. */
export function saveFile(name: string, data: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([data], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the data once it has begun, which it has when this task is over.
  setTimeout(() => URL.revokeObjectURL(address), 0)
}
