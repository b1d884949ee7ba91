import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError, blotCredentials, isLoopback, withoutCredentials } from '../../contract/index.ts'

/** The part of a build that decides where it lies. */
export interface ArchiveName {
  readonly tag: string
  readonly file: string
}

export { isLoopback }

/** Where an archive lies on a mirror of the catalog. */
export function catalogUrl(mirror: string, { tag, file }: ArchiveName): string {
  // GitHub wants the plus sign of the name encoded.
  return `${mirror.replace(/\/+$/u, '')}/${tag}/${encodeURIComponent(file)}`
}

/**
 * Where an archive may lie on the user's own mirror, which stands in for `…/releases/download`: under its tag, or all in one
 * folder. The mirror is an https: or file: address, http: on this machine only, or a folder.
 * @throws INVALID_PARAMS with what is wrong with it.
 */
export function mirrorUrls(mirror: string, archive: ArchiveName, platform: NodeJS.Platform): readonly string[] {
  const flavour = platform === 'win32' ? path.win32 : path.posix
  if (flavour.isAbsolute(mirror)) {
    const url = (...parts: string[]) =>
      pathToFileURL(flavour.join(mirror, ...parts), { windows: platform === 'win32' }).href
    return [url(archive.tag, archive.file), url(archive.file)]
  }
  const problem = mirrorProblem(mirror)
  if (problem !== undefined) {
    throw new AppError('INVALID_PARAMS', `${blotCredentials(mirror)} cannot be a Python mirror: ${problem.what}`, {
      hint: problem.hint,
      details: { mirror: withoutCredentials(mirror) },
    })
  }
  const url = (...parts: string[]) => {
    const target = new URL(mirror)
    target.pathname = [target.pathname.replace(/\/+$/u, ''), ...parts.map(encodeURIComponent)].join('/')
    return target.href
  }
  return [url(archive.tag, archive.file), url(archive.file)]
}

const goodMirror =
  'Give the address that stands in for https://github.com/astral-sh/python-build-standalone/releases/download, or a folder.'

/** Why an address cannot be a mirror; undefined when it can. */
export function mirrorProblem(text: string): { readonly what: string; readonly hint: string } | undefined {
  const url = URL.parse(text)
  if (url === null) return { what: 'it is neither an address nor the full path of a folder', hint: goodMirror }
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return { what: 'http: is unprotected, and is taken from this machine only', hint: 'Use its https: address.' }
  if (!['https:', 'http:', 'file:'].includes(url.protocol))
    return { what: `${url.protocol} is not supported`, hint: goodMirror }
  if (/\.(tar\.gz|tgz|zip|tar\.zst)$/iu.test(url.pathname))
    return {
      what: 'it is one archive, not a mirror',
      hint: 'Download it and use `beep-host init --from FILE`, or name the folder that it lies in.',
    }
  if (/\/(simple|pypi|legacy)(\/|$)/iu.test(url.pathname))
    return {
      what: 'this address is a package mirror, not a Python mirror',
      hint: `Put it into the configuration of pip or uv instead. ${goodMirror}`,
    }
  return undefined
}
