import type { Core } from '../../core/index.ts'
import type { Memory } from '../desktop-file.ts'
import { loginPlan } from '../policy/login-item.ts'
import type { FollowedHost } from '../view/follow-host.ts'
import type { LoginItem } from './login-item.ts'

export interface LoginDeps {
  readonly item: LoginItem
  readonly host: FollowedHost
  readonly dispatch: Core['dispatch']
  readonly memory: Memory
  readonly log: (text: string) => void
}

/** Keeps the setting `startAtLogin` and the system's list the same: now, at each change of the setting, and whenever `look` is called. */
export function keepLogin({ item, host, dispatch, memory, log }: LoginDeps): { readonly look: () => void } {
  let working = Promise.resolve()
  const adopt = async (start: boolean) => {
    memory.change({ startsAtLogin: start })
    await dispatch('settings.update', { startAtLogin: start })
  }
  const settle = async () => {
    const wanted = host.view().settings.startAtLogin
    const plan = loginPlan({ wanted, real: await item.read(), agreed: memory.get().startsAtLogin })
    if (plan.do === 'adopt') {
      log(`start at login: changed in the system, now ${plan.start ? 'on' : 'off'}`)
      await adopt(plan.start)
    } else if (plan.do === 'apply') {
      await item.write(plan.start)
      const real = await item.read()
      if (real === undefined || real === plan.start) return memory.change({ startsAtLogin: plan.start })
      log(`start at login: the system did not take it, and stays ${real ? 'on' : 'off'}`)
      await adopt(real)
    } else memory.change({ startsAtLogin: wanted })
  }
  const look = () => {
    working = working.then(settle).catch((error: Error) => log(`start at login: ${error.message}`))
  }
  let known = host.view().settings.startAtLogin
  host.onChange(({ settings }) => {
    if (settings.startAtLogin === known) return
    known = settings.startAtLogin
    look()
  })
  look()
  return { look }
}
