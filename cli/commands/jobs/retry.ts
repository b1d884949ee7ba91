import { required } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'

export const retryJob = verb({
  words: ['jobs retry'],
  summary: 'Do again what an ended job did',
  commands: ['jobs.retry'],
  inputs: { id: required('id', 'as `jobs list` shows it') },
  more: 'It runs in the host: `jobs status ID` with the new id tells how it goes.',
  async run({ call }, { id }) {
    const job = await call('jobs.retry', { id })
    return { json: job, text: `The work on ${visible(job.subject)} has begun anew, as job ${job.id}` }
  },
})
