/** What a file of an environment is to who carries it elsewhere. */
export type Part =
  /** Made anew for each environment, or ours: never carried. */
  | 'skeleton'
  /** Names its interpreter in the first line. */
  | 'script'
  /** May name its place somewhere in it. */
  | 'text'
  /** Carried as it is. */
  | 'plain'

const skeletonTop = /^(pyvenv\.cfg|\.beep-.*|\..*\.beep-.*|\.lock|\.gitignore|CACHEDIR\.TAG|lib64)$/u
const skeletonScript =
  /^(activate.*|deactivate.*|pydoc\.bat|(python|pythonw|pypy)[\d.]*t?(\.exe)?|venvw?launcher[\w.]*|python.*\.dll|vcruntime.*\.dll)$/iu

/** Files of a package that are known to hold paths of the environment, wherever in site-packages they lie. */
const withPaths = /(\.pth|\.egg-link|^direct_url\.json|^__editable__.*\.py)$/u

/** @param parts the path inside the environment, taken apart */
export function partOf(parts: readonly string[], platform: NodeJS.Platform): Part {
  const [top = '', second = ''] = parts
  const name = parts.at(-1) ?? ''
  if (parts.length === 1 && skeletonTop.test(top)) return 'skeleton'
  const isScript = platform === 'win32' ? /^scripts$/iu.test(top) : top === 'bin'
  if (isScript) return parts.length === 2 && skeletonScript.test(second) ? 'skeleton' : 'script'
  const isPackage = parts.some((part) => part === 'site-packages')
  // What pip had moved aside while it replaced a package.
  if (isPackage && parts[parts.indexOf('site-packages') + 1]?.startsWith('~')) return 'skeleton'
  if (isPackage) return withPaths.test(name) ? 'text' : 'plain'
  return /^include$/iu.test(top) ? 'plain' : 'text'
}
