import { pageOrigin } from '../names.ts'
import { originOf } from './sender.ts'

/** All that our page asks for: to copy, to tell what happened while nobody looked. */
const granted = ['clipboard-sanitized-write', 'notifications']

/** What a page may use of the machine. `origin` as the browser tells it, with or without a slash at its end. */
export function isPermitted(permission: string, origin: string): boolean {
  return granted.includes(permission) && originOf(origin) === pageOrigin
}
