import { createInterrupt, endSignals } from './interrupt.ts'
import { processIo } from './io.ts'
import { runCli } from './run.ts'

// The terminal door: words in, exit code out. Everything between is in run.ts, which a test can call.

/** What a shell makes of a process that a signal ended: 128 and the signal's number, 2 for SIGINT. */
const interruptedAtOnce = 130

const interrupt = createInterrupt(() => process.exit(interruptedAtOnce))
for (const signal of endSignals) {
  if (signal !== 'SIGBREAK' || process.platform === 'win32') process.on(signal, () => interrupt.receive(signal))
}

if (process.env['BEEP_HOST_LAUNCHER'] !== undefined && process.channel) {
  delete process.env['BEEP_HOST_LAUNCHER']
  // The launcher was killed outright: nobody is left who could end us.
  process.on('disconnect', () => interrupt.receive('SIGHUP'))
  process.channel.unref()
}

for (const stream of [process.stdout, process.stderr]) {
  // The reader has gone (`beep-host logs demo -f | head`). That is no failure; what still runs ends in good order.
  stream.on('error', () => interrupt.receive('SIGHUP'))
}

const code = await runCli(process.argv.slice(2), processIo(), interrupt)
// Pipes are written in the background: what is said must be out before we leave, and nothing else may keep us.
await Promise.all(
  [process.stdout, process.stderr].map((stream) => new Promise((said) => stream.write('', () => said(undefined)))),
)
process.exit(code)
