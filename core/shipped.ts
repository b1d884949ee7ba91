import path from 'node:path'

/** A file or folder that ships with the code, by its path in the product's folder. */
export function shipped(relative: string): string {
  return path.resolve(import.meta.dirname, '..', relative)
}
