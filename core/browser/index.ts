export { openBrowserDoor } from './door.ts'
export type { BrowserDoor, BrowserDoorOptions } from './door.ts'
