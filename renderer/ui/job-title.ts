import type { Job } from '../../contract/index.ts'
import { t } from '../text/index.ts'
import { activity } from '../text/en/activity.ts'

type Known = keyof typeof activity.titles

/** What a job does, in our words; a command that this page does not know keeps its name. */
export function jobTitle(job: Pick<Job, 'command'>): string {
  return Object.hasOwn(activity.titles, job.command) ? t(`activity.titles.${job.command as Known}`) : job.command
}

/** With what it works on, unless that is said already ("Make the admin environment"). */
export function jobLabel(job: Pick<Job, 'command' | 'subject'>): string {
  const title = jobTitle(job)
  const said = title.toLowerCase()
  if (said.includes(job.subject.toLowerCase())) return title
  // "Start a server · demo": that demo is a server is said once.
  const [kind = '', ...name] = job.subject.split(' ')
  const isSaid = name.length > 0 && said.split(' ').includes(kind.toLowerCase())
  return `${title} · ${isSaid ? name.join(' ') : job.subject}`
}
