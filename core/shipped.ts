import path from 'node:path'

/**
 * The product's folder, from the folder that the running code lies in: `core/` in the source, `dist/electron/` once bundled.
 * In the installed app that is the archive `app.asar`.
 */
export function productFolder(codeFolder: string, { resolve, basename, dirname } = path as path.PlatformPath): string {
  const isBundled = basename(codeFolder) === 'electron' && basename(dirname(codeFolder)) === 'dist'
  return resolve(codeFolder, isBundled ? '../..' : '..')
}

/**
 * Where something that ships with the code lies. Other programs cannot look into the installed app's archive, so what they read
 * (Python's part, our data) is beside it, and what Node must find for a thread in the folder of unpacked files. See electron-builder.yml.
 */
export function shippedPath(
  product: string,
  relative: string,
  { join, dirname, basename } = path as path.PlatformPath,
) {
  if (basename(product) !== 'app.asar') return join(product, relative)
  if (/^(python|resources)\//u.test(relative)) return join(dirname(product), relative)
  return join(relative.endsWith('-worker.mjs') ? `${product}.unpacked` : product, relative)
}

/** Whether what ships with the code lies in the installed app, where nobody may write. */
export const isInstalled = path.basename(productFolder(import.meta.dirname)) === 'app.asar'

/** A file or folder that ships with the code, by its path in the product's folder. */
export function shipped(relative: string): string {
  return shippedPath(productFolder(import.meta.dirname), relative)
}

/** A script of ours that runs in a thread or process of its own: TypeScript in the source, a bundle of its own in `dist/electron`. */
export function shippedScript(source: string): string {
  const isSource = path.extname(import.meta.filename) === '.ts'
  return shipped(isSource ? source : `dist/electron/${path.basename(source, '.ts')}.mjs`)
}
