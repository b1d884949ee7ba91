import { z } from 'zod'

export const boundsSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
})
/** A place on the screens, in points of the system. */
export type Bounds = z.infer<typeof boundsSchema>

/** What the desktop app remembers from start to start: `desktop/window.json`. No settings; nothing is lost with it. */
export const desktopFileSchema = z.object({
  version: z.literal(1),
  /** Where the window was when it was neither maximized nor full screen. */
  bounds: boundsSchema.nullable().default(null),
  isMaximized: z.boolean().default(false),
  /** The user has been told once that a closed window goes on in the tray. */
  wasToldOfTray: z.boolean().default(false),
  /** What was last agreed with the system about starting at login; null: nothing yet. */
  startsAtLogin: z.boolean().nullable().default(null),
})
export type DesktopFile = z.infer<typeof desktopFileSchema>
