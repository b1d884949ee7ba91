import { AppError } from '../../contract/index.ts'
import type { RunStop } from './run-plan.ts'

/** One line for the log: "stopped: pool ended when asked, http had to be killed". */
export function describeStop(stopped: RunStop): string {
  const words = { gone: 'had ended', ask: 'ended when asked', terminate: 'was terminated', kill: 'had to be killed' }
  const parts = stopped.rungs.map(({ role, rung }) => `${role} ${words[rung]}`)
  // Our processes are gone, so whoever has the port now is somebody else.
  if (!stopped.portFree) parts.push('its port was taken by another program at once')
  return `stopped: ${parts.join(', ') || 'nothing was running'}`
}

/** Why a stop cannot be called one, or undefined when everything is proven gone. */
export function stopProblem(name: string, stopped: RunStop): AppError | undefined {
  if (stopped.survivors.length > 0) {
    return new AppError(
      'SERVER_FAILED',
      `Server ${name} could not be stopped: processes ${stopped.survivors.join(', ')} are still there`,
      {
        hint: 'They may be waiting for a disk or a device. Stop the server again, or end them by hand.',
        details: { pids: stopped.survivors, rungs: stopped.rungs },
      },
    )
  }
  if (stopped.addressFree) return undefined
  return new AppError('SERVER_FAILED', `Server ${name} was stopped, and something still answers at its address`, {
    hint: 'Another host may be running on this data root: run `beep-host status`.',
    details: { rungs: stopped.rungs },
  })
}
