import { describe, expect, it } from 'vitest'
import { placeWindow } from '../../../electron/policy/window-bounds.ts'

const main = { x: 0, y: 28, width: 1920, height: 1012 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }
const was = { x: 2100, y: 120, width: 1400, height: 900 }

describe('the window', () => {
  it('has its usual size the first time, and the system puts it somewhere', () => {
    expect(placeWindow(null, [main])).toEqual({ width: 1280, height: 800 })
    expect(placeWindow(null, [])).toEqual({ width: 1280, height: 800 })
  })

  it('is where it was', () => {
    expect(placeWindow(was, [main, right])).toEqual(was)
  })

  it('comes to the main screen when its own is gone', () => {
    expect(placeWindow(was, [main])).toEqual({ width: 1400, height: 900 })
  })

  it('is never larger than its screen', () => {
    const small = { x: 0, y: 0, width: 1024, height: 600 }
    expect(placeWindow(null, [small])).toEqual({ width: 1024, height: 600 })
    expect(placeWindow({ x: 0, y: 0, width: 3000, height: 2000 }, [small])).toEqual({ ...small })
    const tiny = { x: 0, y: 0, width: 640, height: 480 }
    expect(placeWindow(null, [tiny])).toEqual({ width: 640, height: 480 })
  })

  it('can always be taken by its upper edge', () => {
    // Nearly off to the left: pulled back until there is something to hold.
    expect(placeWindow({ ...was, x: -1270 }, [main])).toEqual({ ...was, x: -1270 })
    expect(placeWindow({ ...was, x: -1290 }, [main])).toEqual({ width: 1400, height: 900 })
    // Its title under the panel.
    expect(placeWindow({ ...was, x: 100, y: 10 }, [main])).toMatchObject({ x: 100, y: 28 })
    // Below the screen.
    expect(placeWindow({ ...was, x: 100, y: 1030 }, [main])).toEqual({ width: 1400, height: 900 })
  })

  it('is not smaller than the screens are made for', () => {
    expect(placeWindow({ x: 10, y: 40, width: 200, height: 100 }, [main])).toEqual({
      x: 10,
      y: 40,
      width: 800,
      height: 560,
    })
  })
})
