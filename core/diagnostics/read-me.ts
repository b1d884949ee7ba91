import type { DiagnosticFile, HostInfo } from '../../contract/index.ts'

/** The first file: for whoever opens it without having seen this product. */
export function readMe(files: readonly DiagnosticFile[], { version, platform }: HostInfo, at: Date): string {
  const widest = Math.max(...files.map(({ name }) => name.length))
  return `Diagnostics of Beep Python Host ${version} on ${platform}, ${at.toISOString()}

${files.map(({ name, title }) => `${name.padEnd(widest)}  ${title}`).join('\n')}

Tokens, passwords and keys are masked with ***, as far as they could be told by their names or their forms; the home folder is
shown as ~. Logs hold what your own programs have printed: read them before you give this file to anybody.
It was made on this machine, and has been sent to nobody.
`
}
