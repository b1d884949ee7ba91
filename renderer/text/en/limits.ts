/** What a server allows its code. */
export const limits = {
  title: 'Limits',
  secondsUnit: ' s',
  usual: 'as usual',
  said_one: '{{count}} is not as usual',
  said_other: '{{count}} are not as usual',
  timeoutSeconds: {
    label: 'Time for a request',
    hint: 'Code that runs longer is interrupted. A request may bring a limit of its own.',
    usual: 'Empty: no limit',
    bad: 'Between 0.001 and 604800 seconds, a week.',
  },
  graceSeconds: {
    label: 'Time to yield',
    hint: 'Interrupted code that has not ended by then loses its process.',
    usual: 'Empty: 5 s',
    bad: 'At most 86400 seconds, a day.',
  },
  queueLimit: {
    label: 'Waiting requests',
    hint: 'When so many wait for a worker, others are refused as busy.',
    usual: 'Empty: 1000',
    bad: 'Between 1 and 100000.',
  },
  processLimit: {
    label: 'Processes',
    hint: 'A worker that is more, with all it has started, is ended. On Linux only.',
    usual: 'Empty: 512',
    bad: 'Between 1 and 100000.',
  },
  cancelOnDisconnect: {
    label: 'Cancel a call whose client has gone',
    hint: 'Off: what was asked for is done, though nobody hears of it.',
  },
} as const
