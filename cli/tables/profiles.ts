import type { Profile, ProfilePreview } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'
import { problemFields } from './problem.ts'

export function profilesTable(profiles: readonly Profile[]): string {
  return table(profiles, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'whose', cell: ({ isBuiltIn }) => (isBuiltIn ? 'ships' : 'yours') },
    { title: 'packages', cell: ({ packages }) => packages.map(bareName).join(', ') },
    { title: 'for', cell: ({ summary, problem }) => (problem ? `cannot be used: ${problem.message}` : summary) },
  ])
}

export function profileFields({ spec, ...profile }: Profile): string {
  return fields([
    ['id', profile.id],
    ['title', profile.title],
    ['for', profile.summary],
    ['kind', profile.kind],
    ['whose', profile.isBuiltIn ? 'ships with this program' : 'yours'],
    ['includes', spec.includes.join(', ')],
    ['packages', profile.packages.join(', ')],
    ['optional', profile.optional.join(', ')],
    ['imports', spec.imports.join(', ')],
    ['providers', spec.aliases.join(', ')],
    ['python', [spec.python?.minimum ?? '', spec.python?.maximum ?? ''].join(' to ').replace(/^ to $/u, '')],
    ...problemFields(profile.problem),
  ])
}

export function previewFields(preview: ProfilePreview): string {
  return fields([
    ['on python', preview.python ?? 'none here will do'],
    ['back end', preview.backend],
    ['indexes', preview.indexes.join(', ')],
  ])
}

function bareName(requirement: string): string {
  return /^[A-Za-z0-9._-]+/u.exec(requirement)?.[0] ?? requirement
}
