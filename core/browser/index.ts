export { openBrowserDoor } from './door.ts'
export type { BrowserDoor, BrowserDoorOptions } from './door.ts'
export { createBrowserEntrance } from './entrance.ts'
export type { BrowserEntrance } from './entrance.ts'
