import { required } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const cancelJob = verb({
  words: ['jobs cancel'],
  summary: 'Cancel running work',
  commands: ['jobs.cancel'],
  inputs: { id: required('id', 'as `jobs list` shows it') },
  async run({ call }, { id }) {
    const job = await call('jobs.cancel', { id })
    const subject = visible(job.subject)
    const text = job.state === 'running' ? `Asked the work on ${subject} to stop` : `The work on ${subject} had ended`
    return { json: job, text }
  },
})
