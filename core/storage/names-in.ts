import { readdir } from 'node:fs/promises'
import { hasErrno } from './file-failure.ts'

/** What a folder holds; nothing where there is none. @throws whatever else the system says */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return []
    throw error
  }
}
