import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Terminal } from '../../integration/cli/terminal.ts'
import { eventually } from '../../tools/eventually.ts'

/** Waits until the host's own log, `logs/host.log`, has a line like this one. */
export async function logged({ home }: Terminal, line: RegExp): Promise<void> {
  const file = path.join(home, 'logs', 'host.log')
  await eventually(`host.log has ${line}`, () => existsSync(file) && line.test(readFileSync(file, 'utf8')))
}
