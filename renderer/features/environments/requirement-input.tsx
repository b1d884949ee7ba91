import { TagsInput } from '@mantine/core'
import { requirementSchema } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

export interface RequirementInputProps {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (requirements: string[]) => void
  readonly isDisabled?: boolean
}

/** The first text that is no requirement, or undefined. */
export function badRequirement(requirements: readonly string[]): string | undefined {
  return requirements.find((text) => !requirementSchema.safeParse(text).success)
}

/** Packages as a user types them, checked by the same rule as the host's. */
export function RequirementInput({ label, value, onChange, isDisabled = false }: RequirementInputProps) {
  const bad = badRequirement(value)
  return (
    <TagsInput
      label={label}
      description={t('environments.dialog.packagesHint')}
      placeholder={value.length === 0 ? t('environments.dialog.packagesPlaceholder') : ''}
      value={[...value]}
      onChange={onChange}
      // A comma may stand between two bounds of a version, so it ends no entry; a space does not, either.
      splitChars={['\n']}
      acceptValueOnBlur
      disabled={isDisabled}
      error={bad === undefined ? undefined : t('environments.dialog.badPackage', { text: bad })}
    />
  )
}
