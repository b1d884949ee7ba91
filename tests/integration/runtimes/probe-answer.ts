import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { localPython } from '../../tools/test-python.ts'

const script = path.resolve(import.meta.dirname, '../../../python/probe/interpreter_info.py')

/** Lines of a shell script that answers the probe as a healthy Python does, with some facts changed and some modules missing. */
export function probeAnswer(
  change: Readonly<Record<string, unknown>>,
  missing: Readonly<Record<string, string>> = {},
): string {
  const text = execFileSync(localPython(), ['-I', '-B', script], { encoding: 'utf8' })
  const { facts } = JSON.parse(text.trim().slice('@beep-interpreter '.length)) as { facts: Record<string, unknown> }
  const answer = JSON.stringify({ facts: { ...facts, ...change }, missing })
  return `/bin/cat <<'END'\nsome start-up file prints this first\n@beep-interpreter ${answer}\nEND`
}
