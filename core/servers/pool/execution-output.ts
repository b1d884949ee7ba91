import { z } from 'zod'
import type { ExecutionOutput } from '../../../contract/index.ts'

/** Characters of text that are kept of one run. */
const mostTextChars = 1024 * 1024
/** Characters of all displays together, and of one: that much has to fit into one event. */
const mostDisplayChars = 8 * 1024 * 1024
const mostOfOneDisplay = 4 * 1024 * 1024
/** Characters that an entry costs beside its content: a run that prints in turns on both streams must not fill the memory. */
const entryChars = 64

/** Milliseconds over which output is gathered before it is told: a screen shows no more. */
const batchMs = 50
/** Characters after which the rest waits for the next event, so that a door that sends them in order keeps up. */
const mostBatchChars = 2 * 1024 * 1024

/** The events of `execute` (docs/wire.md §2). */
const eventSchema = z.discriminatedUnion('event', [
  z.object({
    event: z.literal('output'),
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
    /** It tells of output that the worker has left out. */
    cut: z.boolean().optional(),
  }),
  z.object({ event: z.literal('display'), data: z.record(z.string(), z.string()), isResult: z.boolean().optional() }),
])

/** What a run of code shows: kept up to a size, and told in batches as it comes. */
export class ShownOutput {
  readonly #tell: (seq: number, output: ExecutionOutput[]) => void
  #kept: ExecutionOutput[] = []
  #pending: ExecutionOutput[] = []
  #textLeft = mostTextChars
  #displayLeft = mostDisplayChars
  #isCut = false
  #seq = 0
  #timer: NodeJS.Timeout | undefined

  constructor(tell: (seq: number, output: ExecutionOutput[]) => void) {
    this.#tell = tell
  }

  get kept(): readonly ExecutionOutput[] {
    return this.#kept
  }

  /** Something was left out, here or in the worker. */
  get isCut(): boolean {
    return this.#isCut
  }

  /** Takes an event as it came from the worker; one that this version does not know is none. */
  take(event: unknown): void {
    const { data } = eventSchema.safeParse(event)
    if (data?.event === 'output') this.#addText(data.stream, data.text, data.cut === true)
    else if (data) this.#addDisplay(data.data, data.isResult === true)
  }

  cut(): void {
    this.#isCut = true
  }

  /** What it asked and was told, as a terminal shows it. Null: nobody's business, or there was no answer. */
  addInput(prompt: string, answer: string | null): void {
    const cost = prompt.length + (answer?.length ?? 0) + entryChars
    this.#isCut ||= cost > this.#textLeft
    if (cost > this.#textLeft) return
    this.#textLeft -= cost
    const input: ExecutionOutput = { kind: 'input', prompt, answer }
    this.#kept.push(input)
    this.#pending.push(input)
    this.#schedule()
  }

  /** Tells what there is at once: its reader is asked something now. */
  flush(): void {
    while (this.#pending.length > 0) this.#tellSome()
  }

  /** Settles when everything has been told. */
  async end(): Promise<void> {
    clearTimeout(this.#timer)
    while (this.#pending.length > 0) {
      this.#tellSome()
      if (this.#pending.length > 0) await new Promise((resolve) => setTimeout(resolve, batchMs))
    }
  }

  #addText(stream: 'stdout' | 'stderr', text: string, isNotice: boolean): void {
    const cost = joins(this.#kept.at(-1), stream) ? 0 : entryChars
    const kept = text.slice(0, Math.max(0, this.#textLeft - cost))
    this.#isCut ||= isNotice || kept.length < text.length
    if (kept === '') return
    this.#textLeft -= kept.length + cost
    this.#kept = withText(this.#kept, stream, kept)
    this.#pending = withText(this.#pending, stream, kept)
    this.#schedule()
  }

  #addDisplay(forms: Readonly<Record<string, string>>, isResult: boolean): void {
    const plain = forms['text/plain'] ?? ''
    const fits = [{ ...forms, 'text/plain': plain }, { 'text/plain': plain }].find((data) =>
      this.#hasRoom(sizeOf(data)),
    )
    this.#isCut ||= fits === undefined || Object.keys(fits).length < Object.keys(forms).length
    if (fits === undefined) return
    this.#displayLeft -= sizeOf(fits)
    const display: ExecutionOutput = { kind: 'display', data: fits, ...(isResult ? { isResult } : {}) }
    this.#kept.push(display)
    this.#pending.push(display)
    this.#schedule()
  }

  #hasRoom(chars: number): boolean {
    return chars <= mostOfOneDisplay && chars <= this.#displayLeft
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#tellSome()
      if (this.#pending.length > 0) this.#schedule()
    }, batchMs).unref()
  }

  #tellSome(): void {
    let chars = 0
    const rest = this.#pending.findIndex((output, at) => (chars += sizeOfOutput(output)) > mostBatchChars && at > 0)
    const told = rest === -1 ? this.#pending : this.#pending.slice(0, rest)
    this.#pending = rest === -1 ? [] : this.#pending.slice(rest)
    if (told.length > 0) this.#tell(this.#seq++, told)
  }
}

function joins(last: ExecutionOutput | undefined, stream: string): boolean {
  return last?.kind === 'text' && last.stream === stream
}

/** Text goes on where the text before it stopped. */
function withText(outputs: ExecutionOutput[], stream: 'stdout' | 'stderr', text: string): ExecutionOutput[] {
  const last = outputs.at(-1)
  if (last?.kind === 'text' && last.stream === stream) {
    outputs[outputs.length - 1] = { ...last, text: last.text + text }
  } else outputs.push({ kind: 'text', stream, text })
  return outputs
}

function sizeOf(forms: Readonly<Record<string, string>>): number {
  return Object.entries(forms).reduce((sum, [type, form]) => sum + type.length + form.length, entryChars)
}

function sizeOfOutput(output: ExecutionOutput): number {
  if (output.kind === 'display') return sizeOf(output.data)
  return output.kind === 'text' ? output.text.length : output.prompt.length + (output.answer?.length ?? 0)
}
