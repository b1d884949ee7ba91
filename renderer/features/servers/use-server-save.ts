import { useState } from 'react'
import { toErrorInfo } from '../../../contract/index.ts'
import type { ErrorInfo, Job, Server, ServerSpec } from '../../../contract/index.ts'
import { call } from '../../stores/call.ts'
import { useJob } from '../../stores/use-job.ts'
import { isLive } from './server-facts.ts'
import { nameOf, specOf, startParams } from './server-form.ts'
import type { ServerForm } from './server-form.ts'

export interface ServerSave {
  /** Undefined when it failed: `error` says why. */
  readonly save: (form: ServerForm, known: Server | undefined) => Promise<Server | undefined>
  readonly saveAndStart: (form: ServerForm, known: Server | undefined) => Promise<Server | undefined>
  readonly cancel: () => void
  readonly clear: () => void
  readonly error: ErrorInfo | undefined
  readonly isSaving: boolean
  readonly isStarting: boolean
  /** The start under way. */
  readonly job: Job | undefined
  /** The name of the server whose start was tried here: its description was saved by that. */
  readonly begun: string | undefined
  readonly isHere: () => boolean
}

/** Saving a description, and starting it: a new server in one command, a known one by saving it first. */
export function useServerSave(): ServerSave {
  const start = useJob('servers.start')
  const restart = useJob('servers.restart')
  const [isSaving, setSaving] = useState(false)
  const [error, setError] = useState<ErrorInfo>()
  const [begun, setBegun] = useState<string>()
  const clear = () => {
    setError(undefined)
    start.clear()
    restart.clear()
  }
  const write = async (spec: ServerSpec): Promise<Server | undefined> => {
    clear()
    setSaving(true)
    try {
      return await call('servers.save', spec)
    } catch (thrown) {
      setError(toErrorInfo(thrown))
      return undefined
    } finally {
      setSaving(false)
    }
  }
  return {
    save: (form, known) => write(specOf(form, known?.spec)),
    saveAndStart: async (form, known) => {
      if (known === undefined) {
        clear()
        setBegun(nameOf(form))
        return start.run(startParams(form))
      }
      const { name } = known
      if ((await write(specOf(form, known.spec))) === undefined) return undefined
      return isLive(known.state) ? restart.run({ name }) : start.run({ name })
    },
    cancel: () => {
      start.cancel()
      restart.cancel()
    },
    clear,
    error: error ?? start.error ?? restart.error,
    isSaving,
    isStarting: start.isRunning || restart.isRunning,
    job: start.job ?? restart.job,
    begun,
    isHere: start.isHere,
  }
}
