/** A scheme that Chromium does not know is loaded under an https: address that nobody else has. */
const suffix = '.stand-in.invalid'

/** `app://beep/index.html` → `https://beep.app.stand-in.invalid/index.html`; what Chromium knows stays. */
export function toPage(address: string): string {
  const found = /^(?!https?:|about:|data:|blob:|chrome-error:)([a-z][\w+.-]*):\/\/([^/?#]*)(.*)$/u.exec(address)
  return found ? `https://${found[2]}.${found[1]}${suffix}${found[3]}` : address
}

/** The way back. */
export function toMain(address: string): string {
  const found = /^https:\/\/([^/?#]+)\.([\w+-]+)\.stand-in\.invalid(.*)$/u.exec(address)
  return found ? `${found[2]}://${found[1]}${found[3]}` : address
}
