import { useCallback } from 'react'
import type { CommandParams, HostInfo } from '../../contract/index.ts'
import { call } from './call.ts'
import { useHost } from './host.ts'

/** True where the host is the desktop app: it can show file pickers and folders. */
export function useIsDesktop(): boolean {
  return useHost((state) => isDesktop(state.info))
}

function isDesktop(info: HostInfo | undefined): boolean {
  return info !== undefined && info.desktop !== null
}

/** True for the data root and what lies in it: the desktop shows nothing else. */
export function isInDataRoot(path: string, info: Pick<HostInfo, 'home'>): boolean {
  return path === info.home || (path.startsWith(info.home) && /^[\\/]/u.test(path.slice(info.home.length)))
}

/** Gives for a path the way to show it in the file manager; undefined where that cannot be. */
export function useReveal(): (path: string) => (() => Promise<unknown>) | undefined {
  const info = useHost((state) => state.info)
  return useCallback(
    (path) =>
      info && isDesktop(info) && isInDataRoot(path, info) ? () => call('desktop.reveal', { path }) : undefined,
    [info],
  )
}

/** Lets the user choose; undefined: nothing was chosen. */
export async function pickPath(params: CommandParams<'desktop.pickPath'>): Promise<string | undefined> {
  return (await call('desktop.pickPath', params)).path ?? undefined
}
