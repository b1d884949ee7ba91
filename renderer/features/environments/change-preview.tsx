import { Button, Group, Stack, Text } from '@mantine/core'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { CheckedParams, PackageChange } from '../../../contract/index.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { sortedChanges } from './change-kinds.ts'
import { ChangeList } from './change-list.tsx'

export type ChangePlan = CheckedParams<'packages.preview'>

export interface ChangePreviewProps {
  readonly plan: ChangePlan
  readonly onConfirm: () => void
  readonly onBack: () => void
  /** What the way back is called; absent: "Cancel". */
  readonly backLabel?: string
}

/** Asks the host what the change would do, shows it, and lets the user decide. The change itself is for the caller to make. */
export function ChangePreview({ plan, onConfirm, onBack, backLabel = t('shell.cancel') }: ChangePreviewProps) {
  const preview = useJob('packages.preview')
  const { run, cancel } = preview
  const [found, setFound] = useState<readonly PackageChange[]>()
  const ask = useCallback(() => {
    setFound(undefined)
    void run(plan).then((changes) => changes && setFound(changes))
  }, [run, plan])
  useEffect(() => {
    ask()
    // Whoever closes the dialog does not wait for the answer any more.
    return cancel
  }, [ask, cancel])
  const back = useRef<HTMLButtonElement>(null)
  // It may take the place of what had the focus.
  useEffect(() => back.current?.focus(), [])
  const changes = useMemo(() => found && sortedChanges(found), [found])
  const count = changes ? changes.added.length + changes.updated.length + changes.removed.length : 0
  const isNothing = changes !== undefined && count === 0
  const isCancelled = !preview.isRunning && !preview.error && !changes
  return (
    <Stack gap="md">
      {preview.isRunning && (
        <div role="status">
          <Text size="sm" mb="xs">
            {t('environments.change.working')}
          </Text>
          {preview.job && <ProgressLine progress={preview.job.progress} />}
        </div>
      )}
      {preview.error && <ErrorCard error={preview.error} onRetry={ask} />}
      {isNothing && (
        <Text size="sm">
          {plan.action === 'upgrade' ? t('environments.change.nothingToUpgrade') : t('environments.change.nothing')}
        </Text>
      )}
      {changes && !isNothing && <ChangeList changes={changes} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack} ref={back} data-autofocus>
          {backLabel}
        </Button>
        {preview.error || isCancelled ? (
          <Button variant="light" onClick={onConfirm}>
            {t('environments.change.without')}
          </Button>
        ) : (
          <Button
            onClick={onConfirm}
            disabled={changes === undefined || isNothing}
            {...(plan.action === 'uninstall' ? { color: 'red' } : {})}
          >
            {doLabel(plan.action, changes && !isNothing ? count : undefined, (changes?.breaking.length ?? 0) > 0)}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** What the button does, with how many once that is known. */
function doLabel(action: ChangePlan['action'], count: number | undefined, isBreaking: boolean): string {
  if (isBreaking) return t('environments.change.doAllTheSame')
  return count === undefined
    ? t(`environments.change.do.${action}`)
    : t(`environments.change.doCount.${action}`, { count })
}
