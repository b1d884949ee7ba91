import type { Progress } from '../contract/index.ts'
import type { TextStream } from './io.ts'
import { bytes } from './text/units.ts'
import { truncate, visible } from './text/visible.ts'

export interface ProgressOptions {
  readonly stream: TextStream
  /** `bar`: one line, drawn over and over. `lines`: each title once, for a log or a pipe. */
  readonly style: 'bar' | 'lines' | 'off'
  /** Milliseconds; a test brings its own. */
  readonly now?: () => number
}

export interface ProgressLine {
  readonly show: (progress: Progress) => void
  /** Takes the bar away, so that other text can be written; the next `show` brings it back. */
  readonly clear: () => void
}

/** Milliseconds between two turns of the mark that tells a waiting user that we are alive. */
const turnEveryMs = 250
/** Milliseconds over which the speed is measured: steady enough to read, quick enough to notice a stall. */
const speedWindowMs = 3000
const barColumns = 20
const marks = ['|', '/', '-', '\\'] as const

/** Shows how far a job is, on stderr. Plain ASCII, so that it reads the same in every terminal and code page. */
export function createProgress(options: ProgressOptions): ProgressLine {
  if (options.style === 'off') return { show: () => {}, clear: () => {} }
  return options.style === 'lines'
    ? titleLines(options.stream)
    : bar(options.stream, options.now ?? (() => performance.now()))
}

function titleLines(stream: TextStream): ProgressLine {
  const said = new Set<string>()
  return {
    show({ title }) {
      if (said.has(title)) return
      said.add(title)
      stream.write(`${visible(title)}\n`)
    },
    clear: () => {},
  }
}

function bar(stream: TextStream, now: () => number): ProgressLine {
  const speed = createSpeed()
  let last: Progress | undefined
  let turn = 0
  let timer: NodeJS.Timeout | undefined
  const draw = () => {
    if (!last) return
    turn += 1
    const line = progressText(last, speed.perSecond(now()), marks[turn % marks.length]!)
    // One column less than there is: some terminals wrap as soon as the last one is filled. 0: one that does not tell.
    stream.write(`\r\x1b[2K${truncate(line, (stream.columns || 80) - 1)}`)
  }
  return {
    show(progress) {
      last = progress
      speed.add(progress, now())
      draw()
      timer ??= setInterval(draw, turnEveryMs).unref()
    },
    clear() {
      clearInterval(timer)
      timer = undefined
      if (last) stream.write('\r\x1b[2K')
      last = undefined
    },
  }
}

/** `[=====>    ] 45%  Downloading Python 3.12.14  12.3 MB of 27.4 MB, 3.2 MB/s  detail`; without a fraction, a mark that turns. */
export function progressText(progress: Progress, bytesPerSecond: number | undefined, mark: string): string {
  const { fraction, title, detail, bytesDone, bytesTotal } = progress
  const head =
    fraction === null ? `[${mark}]` : `${drawBar(fraction)} ${String(Math.floor(fraction * 100)).padStart(3)}%`
  const done = bytesDone === undefined ? '' : bytes(bytesDone)
  const moved = done && bytesTotal !== undefined ? `${done} of ${bytes(bytesTotal)}` : done
  const pace = moved && bytesPerSecond !== undefined ? `, ${bytes(bytesPerSecond)}/s` : ''
  return [head, visible(title), moved + pace, visible(detail ?? '')].filter((part) => part !== '').join('  ')
}

function drawBar(fraction: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * barColumns)
  const body = filled === 0 || filled === barColumns ? '='.repeat(filled) : `${'='.repeat(filled - 1)}>`
  return `[${body.padEnd(barColumns)}]`
}

/** Bytes a second over the last few seconds of one step. */
function createSpeed() {
  let samples: { readonly at: number; readonly bytes: number }[] = []
  let step = ''
  return {
    add({ title, bytesDone }: Progress, at: number): void {
      const previous = samples.at(-1)
      if (title !== step || bytesDone === undefined || (previous && bytesDone < previous.bytes)) samples = []
      step = title
      if (bytesDone !== undefined) samples.push({ at, bytes: bytesDone })
    },
    /** Undefined while there is too little to go by. */
    perSecond(at: number): number | undefined {
      while (samples.length > 1 && at - samples[1]!.at >= speedWindowMs) samples.shift()
      const first = samples[0]
      const latest = samples.at(-1)
      if (!first || !latest || at - first.at < 500) return undefined
      return ((latest.bytes - first.bytes) * 1000) / (at - first.at)
    },
  }
}
