import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { jobTitle } from '../../ui/job-title.ts'
import { notifyDone } from '../../ui/notify.tsx'
import type { ChangePlan } from './change-preview.tsx'

/** The jobs that change one environment, run from its page, which shows their progress and their failures. */
export function useChanges(name: string) {
  const install = useJob('packages.install')
  const upgrade = useJob('packages.upgrade')
  const uninstall = useJob('packages.uninstall')
  const importFile = useJob('packages.import')
  const repair = useJob('environments.repair')
  const say = (command: string, is: boolean) =>
    is && notifyDone(t('environments.detail.done', { name, title: jobTitle({ command }) }))
  return {
    all: { install, upgrade, uninstall, importFile, repair },
    apply: async ({ action, packages }: ChangePlan) => {
      const list = [...packages]
      const run = { install, upgrade, uninstall }[action].run
      say(`packages.${action}`, (await run({ name, packages: list })) !== undefined)
    },
    importText: async (text: string) => say('packages.import', (await importFile.run({ name, text })) !== undefined),
    repair: async () => {
      const repaired = await repair.run({ name })
      if (!repaired) return
      const did = repaired.repairs.map((step) => t(`environments.repairs.${step}`))
      notifyDone(
        t('environments.detail.repaired', { name }),
        did.length === 0 ? t('environments.repairs.none') : did.join(' '),
      )
    },
  }
}

export type Changes = ReturnType<typeof useChanges>
