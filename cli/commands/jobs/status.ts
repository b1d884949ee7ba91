import { required } from '../../inputs.ts'
import { jobFields } from '../../tables/jobs.ts'
import { verb } from '../../verb.ts'

export const jobStatus = verb({
  words: ['jobs status'],
  summary: 'Show one job',
  commands: ['jobs.get'],
  inputs: { id: required('id', 'as `jobs list` shows it') },
  async run({ call }, { id }) {
    const job = await call('jobs.get', { id })
    return { json: job, text: jobFields(job) }
  },
})
