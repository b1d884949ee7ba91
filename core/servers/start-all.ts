import { AppError, toErrorInfo } from '../../contract/index.ts'
import type { ErrorInfo, Server } from '../../contract/index.ts'
import { eachBounded } from '../jobs/index.ts'
import type { JobContext } from '../jobs/index.ts'

/** Starts at a time: each is mostly a Python that imports, and more would only fight for the processor and the disk. */
const startsAtOnce = 3

interface Failed {
  readonly name: string
  readonly error: ErrorInfo
}

/**
 * Starts many servers, a few at a time; one that fails stops none of the others.
 * @returns every server that runs by then
 * @throws SERVER_FAILED with every failure and what runs in its details, CANCELLED
 */
export async function startAll(
  names: readonly string[],
  start: (name: string, context: JobContext) => Promise<unknown>,
  running: () => Promise<readonly Server[]>,
  context: JobContext,
): Promise<readonly Server[]> {
  const failed: Failed[] = []
  const tell = progressOf(names, context)
  await eachBounded(names, startsAtOnce, async (name) => {
    if (context.signal.aborted) return
    try {
      await start(name, { signal: context.signal, progress: ({ fraction }) => tell(name, fraction ?? 0) })
    } catch (error) {
      const info = toErrorInfo(error)
      // Somebody else was quicker, and it is what was wanted.
      if (!context.signal.aborted && info.code !== 'ALREADY_RUNNING') failed.push({ name, error: info })
    }
    tell(name, 1)
  })
  if (context.signal.aborted) throw new AppError('CANCELLED', 'The start of all servers was cancelled')
  const run = await running()
  if (failed.length === 0) return run
  throw failure(
    failed,
    names.length,
    run.map(({ name }) => name),
  )
}

function failure(failed: readonly Failed[], of: number, running: readonly string[]): AppError {
  const [first] = failed
  const names = failed.map(({ name }) => name).join(', ')
  const why = failed.length === 1 ? `: ${first!.error.message}` : ''
  return new AppError('SERVER_FAILED', `${failed.length} of ${of} servers did not start: ${names}${why}`, {
    hint: (failed.length === 1 ? first!.error.hint : undefined) ?? 'Each of them tells why; the others are running.',
    details: { failed, running },
  })
}

function progressOf(names: readonly string[], context: JobContext): (name: string, fraction: number) => void {
  const fractions = new Map(names.map((name) => [name, 0]))
  return (name, fraction) => {
    fractions.set(name, Math.max(fraction, fractions.get(name) ?? 0))
    const values = [...fractions.values()]
    const done = values.filter((value) => value === 1).length
    context.progress({
      fraction: values.reduce((sum, value) => sum + value, 0) / names.length,
      title: 'Starting servers',
      detail: `${done} of ${names.length}`,
    })
  }
}
