import { useRef } from 'react'
import type { PackageSnapshot } from '../../../contract/index.ts'
import { localTime } from '../../lib/format.ts'
import { runJob } from '../../stores/run-job.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { jobTitle } from '../../ui/job-title.ts'
import { hideNotice, notifyDone, notifyUndo } from '../../ui/notify.tsx'
import { tell } from '../../ui/tell.ts'
import type { ChangePlan } from './change-preview.tsx'

/** Changes that are looked at once they are made, and taken back where they do no good. */
type Checked = 'install' | 'upgrade' | 'importFile'

/** The jobs that change one environment, run from its page, which shows their progress and their failures. */
export function useChanges(name: string) {
  const install = useJob('packages.install')
  const upgrade = useJob('packages.upgrade')
  const uninstall = useJob('packages.uninstall')
  const importFile = useJob('packages.import')
  const rollback = useJob('packages.rollback')
  const repair = useJob('environments.repair')
  const say = (command: string, is: boolean) =>
    is && notifyDone(t('environments.detail.done', { name, title: jobTitle({ command }) }))
  const again = useRef<Partial<Record<Checked, () => void>>>({})
  const apply = async ({ action, packages }: ChangePlan, verify = true) => {
    const params = { name, packages: [...packages], ...(verify ? {} : { verify }) }
    if (action === 'uninstall') {
      say('packages.uninstall', (await uninstall.run({ name, packages: [...packages] })) !== undefined)
      return
    }
    again.current[action] = () => void apply({ name, action, packages }, false)
    say(`packages.${action}`, (await { install, upgrade }[action].run(params)) !== undefined)
  }
  const importText = async (text: string, verify = true) => {
    again.current.importFile = () => void importText(text, false)
    say('packages.import', (await importFile.run({ name, text, ...(verify ? {} : { verify }) })) !== undefined)
  }
  return {
    all: { install, upgrade, uninstall, importFile, rollback, repair },
    apply,
    importText,
    /** The last change of a kind once more, without the check that has taken it back. */
    allTheSame: (kind: Checked) => again.current[kind]?.(),
    rollBack: async ({ id, takenAt }: PackageSnapshot) => {
      const back = await rollback.run({ name, snapshot: id })
      if (!back) return
      const { undo, altered } = back
      const done = t('history.done', { name, time: localTime(takenAt) })
      const text = t('history.altered', { count: altered.length, file: altered[0] ?? '' })
      const more = altered.length === 0 ? t('history.undoText') : text
      if (undo === null) notifyDone(done, altered.length === 0 ? undefined : text)
      else notifyUndo(noticeOf(name), done, more, () => tell(undoRollback(name, undo)))
    },
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

const noticeOf = (name: string) => `rollback ${name}`

async function undoRollback(name: string, snapshot: string): Promise<void> {
  hideNotice(noticeOf(name))
  if (await runJob('packages.rollback', { name, snapshot })) notifyDone(t('history.undone', { name }))
}

export type Changes = ReturnType<typeof useChanges>
