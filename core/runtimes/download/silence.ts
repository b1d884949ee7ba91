import { FetchError } from './fetch.ts'

/** What is awaited, or an error when nothing came for so long. The awaited work goes on; its end is no longer of interest. */
export async function withinSilence<T>(awaited: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new FetchError('ESTALLED', `nothing came for ${Math.round(ms / 100) / 10} s`)), ms)
  })
  awaited.catch(() => {})
  try {
    return await Promise.race([awaited, silence])
  } finally {
    clearTimeout(timer)
  }
}
