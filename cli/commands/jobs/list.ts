import { jobsTable } from '../../tables/jobs.ts'
import { verb } from '../../verb.ts'

export const listJobs = verb({
  words: ['jobs list'],
  summary: 'List the work that is under way in the host, and what ended lately',
  commands: ['jobs.list'],
  inputs: {},
  async run({ call }) {
    const jobs = await call('jobs.list', {})
    return { json: jobs, text: jobsTable(jobs) }
  },
})
