import { Pill, TagsInput } from '@mantine/core'
import { t } from '../../text/index.ts'
import { badRequirement, isRequirement, splitRequirements, union } from './requirements.ts'

export interface RequirementInputProps {
  readonly label: string
  readonly value: readonly string[]
  readonly onChange: (requirements: string[]) => void
  readonly isDisabled?: boolean
  readonly isFirst?: boolean
  /** Something has to be in it. */
  readonly isMissing?: boolean
}

/** Packages as a user types or pastes them, each checked by the same rule as the host's: one that is none says so by itself. */
export function RequirementInput(props: RequirementInputProps) {
  const { label, value, onChange, isDisabled = false, isFirst = false, isMissing = false } = props
  const bad = badRequirement(value)
  return (
    <TagsInput
      label={label}
      description={t('environments.dialog.packagesHint')}
      placeholder={value.length === 0 ? t('environments.dialog.packagesPlaceholder') : ''}
      value={[...value]}
      onChange={(next) => onChange(union(next.flatMap(splitRequirements)))}
      renderPill={({ value: text, onRemove, disabled }) => (
        <Pill
          withRemoveButton={disabled !== true}
          onRemove={() => onRemove?.()}
          className={isRequirement(String(text)) ? '' : 'pill-bad'}
        >
          {String(text)}
        </Pill>
      )}
      // A comma may stand between two bounds of a version, so it ends no entry; a space does not, either.
      splitChars={['\n']}
      acceptValueOnBlur
      clearable
      clearButtonProps={{ 'aria-label': t('environments.dialog.clearPackages') }}
      disabled={isDisabled}
      error={
        bad !== undefined
          ? t('environments.dialog.badPackage', { text: bad })
          : isMissing && value.length === 0
            ? t('environments.dialog.noPackage')
            : undefined
      }
      {...(isFirst ? { 'data-autofocus': true } : {})}
    />
  )
}
