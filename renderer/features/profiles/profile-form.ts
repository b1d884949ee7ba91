import { gpuBackends, profileSpecSchema } from '../../../contract/index.ts'
import type { ProfileIndex, ProfileSpec } from '../../../contract/index.ts'

/** A profile as it is typed: lists as lines. */
export interface ProfileForm {
  readonly id: string
  readonly title: string
  readonly summary: string
  readonly kind: ProfileSpec['kind']
  readonly includes: readonly string[]
  readonly aliases: readonly string[]
  readonly packages: string
  readonly optional: string
  readonly imports: string
  readonly minimum: string
  readonly maximum: string
  readonly indexes: string
}

export type FormField = Exclude<keyof ProfileSpec, 'python'> | 'minimum' | 'maximum'
export type FormProblems = Partial<Record<FormField, string>>

export function formOf(spec: ProfileSpec | undefined): ProfileForm {
  return {
    id: spec?.id ?? '',
    title: spec?.title ?? '',
    summary: spec?.summary ?? '',
    kind: spec?.kind ?? 'set',
    includes: spec?.includes ?? [],
    aliases: spec?.aliases ?? [],
    packages: (spec?.packages ?? []).join('\n'),
    optional: (spec?.optional ?? []).join('\n'),
    imports: (spec?.imports ?? []).join('\n'),
    minimum: spec?.python?.minimum ?? '',
    maximum: spec?.python?.maximum ?? '',
    indexes: (spec?.indexes ?? []).map(indexLine).join('\n'),
  }
}

/** The profile, checked by the host's own rule; or what is wrong with which field. */
export function specOf(
  form: ProfileForm,
  badIndex: (line: string) => string,
): { readonly spec?: ProfileSpec; readonly problems: FormProblems } {
  const { minimum, maximum, packages, optional, imports, indexes, ...plain } = form
  const read = linesOf(indexes).map((line) => [line, indexOf(line)] as const)
  const wrong = read.find(([, index]) => index === undefined)
  if (wrong) return { problems: { indexes: badIndex(wrong[0]) } }
  const python = {
    ...(minimum.trim() === '' ? {} : { minimum: minimum.trim() }),
    ...(maximum.trim() === '' ? {} : { maximum: maximum.trim() }),
  }
  const checked = profileSpecSchema.safeParse({
    ...plain,
    packages: linesOf(packages),
    optional: linesOf(optional),
    imports: linesOf(imports),
    indexes: read.map(([, index]) => index),
    ...(Object.keys(python).length === 0 ? {} : { python }),
  })
  if (checked.success) return { spec: checked.data, problems: {} }
  const problems: FormProblems = {}
  for (const { path, message } of checked.error.issues) {
    const field = (path[0] === 'python' ? path[1] : path[0]) as FormField
    problems[field] ??= message
  }
  return { problems }
}

/** An id that is free, made of one that is taken. */
export function copyId(id: string, taken: readonly string[]): string {
  const base = id.slice(0, 32)
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? `${base}-copy` : `${base}-copy-${count}`
    if (!taken.includes(candidate)) return candidate
  }
}

/** An id for a name, as far as its letters allow. */
export function idOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[\u0300-\u036F]/gu, '')
  return plain
    .replaceAll(/[^a-z\d]+/gu, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/gu, '')
}

function linesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ]
}

function indexLine({ backend, minimum, url }: ProfileIndex): string {
  return [backend, minimum, url].filter(Boolean).join(' ')
}

function indexOf(line: string): Partial<ProfileIndex> | undefined {
  const [name, ...rest] = line.split(/\s+/u)
  const backend = gpuBackends.find((one) => one === name)
  if (backend === undefined || rest.length === 0 || rest.length > 2) return undefined
  const [minimum, url] = rest.length === 2 ? rest : [undefined, rest[0]]
  return { backend, ...(minimum === undefined ? {} : { minimum }), url: url ?? '' }
}
