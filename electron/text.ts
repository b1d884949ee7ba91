import type { ServerState } from '../contract/index.ts'
import { productName } from './names.ts'

// Every text of the native side. Those of the page are in renderer/text.

/** `waiting`: it has failed, and is to start again by itself. */
export type TrayServerState = ServerState | 'waiting'

const states: Readonly<Record<TrayServerState, string>> = {
  stopped: 'Stopped',
  starting: 'Starting…',
  running: 'Running',
  stopping: 'Stopping…',
  failed: 'Failed',
  waiting: 'Starts again by itself',
}

const servers = (count: number) => (count === 1 ? '1 server' : `${count} servers`)
const jobs = (count: number) => (count === 1 ? '1 job' : `${count} jobs`)

export const text = {
  product: productName,
  state: (state: TrayServerState) => states[state],
  tray: {
    idle: 'no server is running',
    running: (count: number) => `${servers(count)} running`,
    failed: (count: number) => `${servers(count)} failed`,
    waiting: (count: number) => `${servers(count)} about to start again`,
    attempt: (attempt: number, most: number) => `${attempt} of ${most}`,
    closing: 'stopping every server…',
    open: `Open ${productName}`,
    noServers: 'No servers yet',
    more: (count: number) => `${count} more in the window…`,
    server: (name: string, state: TrayServerState) => `${name} — ${states[state].toLowerCase()}`,
    start: 'Start',
    stop: 'Stop',
    restart: 'Restart',
    cancelStart: 'Cancel the start',
    startNow: 'Start now',
    giveUp: 'Give up',
    copy: 'Copy its endpoint',
    show: 'Show in the window',
    startAll: 'Start all servers',
    stopAll: 'Stop all servers',
    errors: 'Recent errors',
    noErrors: 'None',
    settings: 'Settings…',
    quit: 'Quit',
    quitNow: 'Quit without waiting',
  },
  menu: {
    file: 'File',
    edit: 'Edit',
    view: 'View',
    window: 'Window',
    help: 'Help',
    go: 'Go',
    about: `About ${productName}`,
    settings: 'Settings…',
    quit: 'Quit',
    closeWindow: 'Close the window',
    pythonDocs: 'Python documentation',
    dataRoot: 'Show the data root',
    logs: 'Show the logs of the host',
    screens: {
      home: 'Home',
      runtimes: 'Runtimes',
      environments: 'Environments',
      profiles: 'Profiles',
      servers: 'Servers',
      playground: 'Playground',
      logs: 'Logs',
      activity: 'Activity',
    },
  },
  close: {
    question: `Close ${productName}, or let it go on in the background?`,
    questionNoTray: `This desktop has no tray to go on in. Quit ${productName}?`,
    /** `waiting`: servers that have failed, and are to start again by themselves. */
    running: (live: number, waiting: number, working: number) => {
      const parts = [...(live > 0 ? [servers(live)] : []), ...(working > 0 ? [jobs(working)] : [])]
      const ends = parts.length === 0 ? 'Nothing is running.' : `${parts.join(' and ')} would end when it quits.`
      return waiting === 0 ? ends : `${ends} ${servers(waiting)} would not start again any more.`
    },
    hide: 'Go on in the tray',
    minimize: 'Minimize',
    quit: 'Quit',
    cancel: 'Cancel',
    remember: 'Always do this',
  },
  inTray: {
    title: `${productName} goes on in the tray`,
    body: 'Servers stay as they are. Quit from the menu of the icon; what closing does is in the settings.',
  },
  quitting: {
    /** What takes so long is not always a server: an install is taken back, too. */
    message: (count: number) => (count === 0 ? 'Ending what is still under way' : `Stopping ${servers(count)}`),
    detail: (count: number) =>
      count === 0
        ? 'Without waiting it ends with this program, and the next start clears away what is half made.'
        : 'Each is asked to end, and then made to, until it is proven gone. Without waiting they end by themselves as soon as this program has gone.',
    wait: 'Wait',
    now: 'Quit without waiting',
  },
  notStopped: {
    title: 'Not everything could be stopped',
  },
  taken: {
    message: (pid: number | undefined) =>
      `Another host is already running on this data root${pid === undefined ? '' : ` (pid ${pid})`}.`,
    detail: (home: string) =>
      `${home}\n\nIt was started from a terminal or by another program, and its servers run in it. You can look at it in the browser, or end it, which stops its servers, and go on here.`,
    browser: 'Open its window in the browser',
    takeOver: 'End it and go on here',
    quit: 'Quit',
    failed: 'The other host does not answer',
  },
  crash: {
    title: 'The window was opened again',
    body: (reason: string) => `It had ended (${reason}). Servers and jobs went on.`,
    question: 'The window keeps crashing',
    detail: 'Servers and jobs go on. The log of the host says when it happened.',
    reload: 'Open it again',
    quit: 'Quit',
  },
  unresponsive: {
    question: 'The window does not answer',
    wait: 'Wait',
    reload: 'Open it again',
  },
  news: {
    serverFailed: (name: string) => `${name} failed`,
    jobFailed: (subject: string) => `${subject}: failed`,
    jobDone: (subject: string) => `${subject}: done`,
  },
  failedStart: `${productName} could not start`,
  action: (title: string) => `${title}: that did not work`,
} as const
