import { pageOrigin } from '../names.ts'

/** What is known of the frame that a message came from. */
export interface Sender {
  /** Address of the frame; undefined when it is gone already. */
  readonly url: string | undefined
  readonly isMainFrame: boolean
  /** It is in a window that we opened. */
  readonly isOurWindow: boolean
}

/** Why a message is not answered, or undefined if it is. Electron would deliver those of any frame. */
export function senderProblem({ url, isMainFrame, isOurWindow }: Sender): string | undefined {
  if (!isOurWindow) return 'a window that is not ours'
  if (url === undefined) return 'a frame that is gone'
  if (!isMainFrame) return `a frame within the page (${originOf(url)})`
  return originOf(url) === pageOrigin ? undefined : `a page that is not ours (${originOf(url)})`
}

/** With the host, unlike `URL.origin`, which is "null" for schemes that the URL standard does not know. */
export function originOf(address: string): string {
  if (!URL.canParse(address)) return 'no address'
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
