import { z } from 'zod'
import { answer } from '../command.ts'

/** What only a desktop can do. A host without one answers UNSUPPORTED; `host.info` tells beforehand. */
export const desktopCommands = {
  'desktop.pickPath': answer({
    access: 'write',
    summary: 'Let the user choose a file or a folder',
    params: z
      .object({
        kind: z.enum(['file', 'folder']),
        title: z.string().max(200),
        /** Endings without the dot; none: any file. */
        extensions: z.array(z.string().regex(/^[A-Za-z0-9.]{1,20}$/u)).default([]),
      })
      .strict(),
    /** null: the user chose nothing. */
    result: z.object({ path: z.string().nullable() }),
  }),
  'desktop.reveal': answer({
    access: 'write',
    summary: 'Show a file or folder of the data root in the file manager',
    params: z.object({ path: z.string().min(1) }).strict(),
    result: z.object({ path: z.string() }),
  }),
} as const

/** The commands without a verb: a terminal has no picker, and prints paths. */
export const desktopOnlyCommands: ReadonlySet<string> = new Set(Object.keys(desktopCommands))
