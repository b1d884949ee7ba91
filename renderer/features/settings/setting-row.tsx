import { Button, Text } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import type { ReactNode } from 'react'
import type { ErrorInfo } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'

export interface SettingRowProps {
  readonly label: string
  readonly hint?: string
  readonly isSaved?: boolean
  readonly error?: ErrorInfo | undefined
  readonly drop?: () => void
  /** The control, which takes these two for its name and its description. */
  readonly children: (names: { readonly 'aria-labelledby': string; readonly 'aria-describedby': string }) => ReactNode
}

/** A setting: what it is at the left, its control at the right, and below how the last change went. */
export function SettingRow({ label, hint, isSaved = false, error, drop, children }: SettingRowProps) {
  const id = useId()
  return (
    <div className="row setting">
      <div className="setting-line">
        <div className="setting-what">
          <Text size="sm" fw={550} id={`${id}-label`}>
            {label}
          </Text>
          <Text size="xs" c="dimmed" id={`${id}-hint`}>
            {hint}
          </Text>
        </div>
        <div className="setting-control">
          {children({ 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-hint` })}
          <span className="setting-saved tone-ok" role="status">
            {isSaved && (
              <>
                <IconCheck size={14} aria-hidden /> {t('settings.saved')}
              </>
            )}
          </span>
        </div>
      </div>
      {error && (
        <ErrorCard
          error={error}
          actions={
            drop && (
              <Button size="compact-sm" variant="default" onClick={drop}>
                {t('settings.takeBack')}
              </Button>
            )
          }
        />
      )}
    </div>
  )
}
