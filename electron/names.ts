/** As users read it, and as the system lists it. */
export const productName = 'Beep Python Host'
/** As the systems know it: notifications on Windows, the bundle on macOS. The same stands in electron-builder.yml. */
export const appId = 'io.github.beep-python.host'
/** Links such as `beep-python://servers/demo`. */
export const linkScheme = 'beep-python'

/** The page is served by ourselves, under a scheme of our own: no file: page, which could read the disk, and no port. */
export const pageScheme = 'app'
export const pageOrigin = 'app://beep'
export const pageUrl = `${pageOrigin}/index.html`

/** What is spoken between page and main: two channels, whatever commands there are. */
export const channels = { invoke: 'beep:invoke', events: 'beep:events' } as const

/** Started by the system when the user logs in: no window. */
export const hiddenFlag = '--hidden'
