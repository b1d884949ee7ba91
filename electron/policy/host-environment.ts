/** Lists of folders that an AppImage puts its own in front of. Source: electron-builder's AppRun. */
const lists = ['PATH', 'LD_LIBRARY_PATH', 'XDG_DATA_DIRS']

/**
 * The environment that the user had, without what got into it by starting a desktop app: Pythons must not load the libraries
 * of an AppImage, and nobody below us is Electron.
 */
export function hostEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { APPDIR: appFolder } = env
  const clean: NodeJS.ProcessEnv = {}
  for (const [name, value] of Object.entries(env)) {
    if (/^(ELECTRON_|CHROME_DESKTOP$|NODE_OPTIONS$)/u.test(name)) continue
    if (value === undefined || !appFolder || !lists.includes(name)) {
      clean[name] = value
      continue
    }
    const kept = value.split(':').filter((folder) => folder !== '' && !isWithin(folder, appFolder))
    if (kept.length > 0) clean[name] = kept.join(':')
  }
  return clean
}

function isWithin(folder: string, parent: string): boolean {
  return folder === parent || folder.startsWith(`${parent}/`)
}
