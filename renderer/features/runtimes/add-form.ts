import type { CommandParams, RuntimeSource } from '../../../contract/index.ts'

export interface AddForm {
  readonly kind: RuntimeSource['kind']
  /** null: the newest. */
  readonly version: string | null
  readonly mirror: string
  readonly path: string
  readonly isDefault: boolean
}

export const emptyAddForm: AddForm = { kind: 'download', version: null, mirror: '', path: '', isDefault: true }

/** An archive has to be named; an interpreter need not: then the best one is taken. */
export function isPathMissing({ kind, path }: AddForm): boolean {
  return kind === 'file' && path.trim() === ''
}

/** What the host is asked. What a kind has no use for is left out. */
export function addParams(form: AddForm): CommandParams<'runtimes.install'> {
  const { kind, version, isDefault } = form
  const path = form.path.trim()
  const mirror = form.mirror.trim()
  const source: RuntimeSource =
    kind === 'file'
      ? { kind, path }
      : kind === 'system'
        ? { kind, ...(path === '' ? {} : { path }) }
        : { kind, ...(mirror === '' ? {} : { mirror }) }
  return { source, makeDefault: isDefault, ...(kind === 'download' && version !== null ? { version } : {}) }
}
