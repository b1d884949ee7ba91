import { createHash } from 'node:crypto'
import type { Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { patientRename, readJson, syncFolder, writeJson } from '../../storage/index.ts'

const partialSchema = z.object({
  url: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  total: z.number().int().positive().nullable(),
  sha256: z.string(),
})
/** Where the bytes of a partial download came from: what a server needs to know to go on with them. */
export type PartialFacts = z.infer<typeof partialSchema>

/** The bytes that an earlier try left behind. */
export interface Leftover {
  readonly bytes: number
  readonly facts: PartialFacts
}

/** Our own disk failed, not the network. */
export class StoreFailure extends Error {
  override readonly name = 'StoreFailure'
}

async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new StoreFailure('the partial file could not be stored', { cause: error })
  }
}

/** A file on its way: `<target>.part`, with `<target>.part.json` beside it. */
export class PartialFile {
  readonly #file: string
  readonly #facts: string
  readonly #target: string
  #handle: FileHandle | undefined
  #hash: Hash = createHash('sha256')
  #bytes = 0

  constructor(target: string) {
    this.#target = target
    this.#file = `${target}.part`
    this.#facts = `${target}.part.json`
  }

  get bytes(): number {
    return this.#bytes
  }

  /** What can be gone on with; what is not of this very archive cannot. */
  async leftover(sha256: string): Promise<Leftover | undefined> {
    const facts = await stat(this.#file).catch(() => undefined)
    const read = await readJson(this.#facts, partialSchema).catch(() => undefined)
    if (!facts || facts.size === 0 || read?.state !== 'ok' || read.value.sha256 !== sha256) return undefined
    return { bytes: facts.size, facts: read.value }
  }

  /** Begins anew: an empty file, and the facts of the answer that will fill it. */
  async begin(facts: PartialFacts): Promise<void> {
    await this.close()
    // Emptied first: old bytes must never be found beside new facts.
    this.#handle = await stored(open(this.#file, 'w', 0o600))
    this.#hash = createHash('sha256')
    this.#bytes = 0
    await stored(writeJson(this.#facts, facts))
  }

  /** Goes on behind what is there; those bytes are read once more, for the hash is over the whole. */
  async resume(bytes: number): Promise<void> {
    await this.close()
    const hash = createHash('sha256')
    for await (const chunk of createReadStream(this.#file, { end: bytes - 1 })) hash.update(chunk as Buffer)
    this.#handle = await stored(open(this.#file, 'a', 0o600))
    this.#hash = hash
    this.#bytes = bytes
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (!this.#handle) throw new Error('a partial file is written before it is begun')
    await stored(this.#handle.writeFile(chunk))
    this.#hash.update(chunk)
    this.#bytes += chunk.byteLength
  }

  sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  /** The whole is there and right: it gets its name. */
  async finish(): Promise<void> {
    if (this.#handle) await stored(this.#handle.sync())
    await this.close()
    await stored(patientRename(this.#file, this.#target))
    await rm(this.#facts, { force: true })
    await syncFolder(path.dirname(this.#target))
  }

  async discard(): Promise<void> {
    await this.close()
    await rm(this.#file, { force: true })
    await rm(this.#facts, { force: true })
    this.#hash = createHash('sha256')
    this.#bytes = 0
  }

  async close(): Promise<void> {
    const handle = this.#handle
    this.#handle = undefined
    await handle?.close()
  }
}
