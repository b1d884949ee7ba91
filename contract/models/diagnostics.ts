import { z } from 'zod'

/** One file of the diagnostics, as whoever gets it will read it: secrets are masked, the home folder is `~`. */
export const diagnosticFileSchema = z.object({
  /** With slashes between folders. */
  name: z.string(),
  /** What it tells. */
  title: z.string(),
  /** Of the text, in UTF-8. */
  bytes: z.number().int().nonnegative(),
  text: z.string(),
})
export type DiagnosticFile = z.infer<typeof diagnosticFileSchema>

/** What somebody needs who is to find out what is wrong here. It has been sent to nobody. */
export const diagnosticsSchema = z.object({
  /** To save it under. */
  name: z.string(),
  files: z.array(diagnosticFileSchema),
  /** These files and nothing else, as one .zip in base64: what was looked at is what is saved. */
  archive: z.string(),
})
export type Diagnostics = z.infer<typeof diagnosticsSchema>
