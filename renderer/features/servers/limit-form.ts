import { limitsOf, serverLimits } from '../../../contract/index.ts'
import type { ServerLimits } from '../../../contract/index.ts'

/** What a server allows its code, as typed; undefined: as usual. */
export interface LimitForm {
  readonly timeoutSeconds: number | undefined
  readonly graceSeconds: number | undefined
  readonly cancelOnDisconnect: boolean
  readonly processLimit: number | undefined
  readonly queueLimit: number | undefined
}

export type LimitNumber = Exclude<keyof LimitForm, 'cancelOnDisconnect'>

export const usualLimits: LimitForm = {
  timeoutSeconds: undefined,
  graceSeconds: undefined,
  cancelOnDisconnect: true,
  processLimit: undefined,
  queueLimit: undefined,
}

export const limitNumbers: readonly LimitNumber[] = ['timeoutSeconds', 'graceSeconds', 'queueLimit', 'processLimit']

/** The form as a saved server has it. */
export function limitFormOf(saved: ServerLimits): LimitForm {
  return {
    timeoutSeconds: saved.timeoutSeconds ?? undefined,
    graceSeconds: saved.graceSeconds,
    cancelOnDisconnect: saved.cancelOnDisconnect !== false,
    processLimit: saved.processLimit,
    queueLimit: saved.queueLimit,
  }
}

/** What is to be saved: what is as usual is left unsaid. */
export function limitsFrom(form: LimitForm): ServerLimits {
  return limitsOf({ ...form, cancelOnDisconnect: form.cancelOnDisconnect ? null : false })
}

/** How many of them are not as usual. */
export function limitsSaid(form: LimitForm): number {
  return Object.keys(limitsFrom(form)).length
}

/** Those with a number that the host would refuse. */
export function badLimits(form: LimitForm): readonly LimitNumber[] {
  return limitNumbers.filter((name) => !serverLimits[name].safeParse(form[name]).success)
}
