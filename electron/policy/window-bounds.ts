import type { Bounds } from '../../contract/index.ts'

/** Points. Below this the screens have no room; the design is made for 1280 × 800 and down to 900 × 600. */
export const minSize = { width: 800, height: 560 }
const usualSize = { width: 1280, height: 800 }

/** Points of a window's upper edge that must be on a screen, so that it can be seen and dragged. */
const grip = { width: 120, height: 32 }

/** A window with a place, or one that the system places. */
export type Placed = Bounds | Pick<Bounds, 'width' | 'height'>

/**
 * Where the window goes: where it was, if that is still on a screen (one may have been unplugged), and never larger than that
 * screen. `workAreas`: what the screens have beside panels and docks, the main one first.
 */
export function placeWindow(was: Bounds | null, workAreas: readonly Bounds[]): Placed {
  const [main = { x: 0, y: 0, ...usualSize }] = workAreas
  if (was === null) return sizeWithin(usualSize, main)
  const home = workAreas.find((area) => hasGrip(was, area))
  if (home === undefined) return sizeWithin(was, main)
  const size = sizeWithin(was, home)
  return {
    ...size,
    x: Math.round(clamp(was.x, home.x - size.width + grip.width, home.x + home.width - grip.width)),
    y: Math.round(clamp(was.y, home.y, home.y + home.height - grip.height)),
  }
}

function sizeWithin(wanted: Pick<Bounds, 'width' | 'height'>, area: Bounds): Pick<Bounds, 'width' | 'height'> {
  return {
    width: clamp(wanted.width, Math.min(minSize.width, area.width), area.width),
    height: clamp(wanted.height, Math.min(minSize.height, area.height), area.height),
  }
}

function hasGrip({ x, y, width }: Bounds, area: Bounds): boolean {
  const overlap = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  return overlap >= grip.width && y >= area.y - grip.height && y <= area.y + area.height - grip.height
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high)
}
