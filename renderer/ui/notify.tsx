import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ErrorInfo } from '../../contract/index.ts'
import { reportOf } from '../lib/error-text.ts'
import { t } from '../text/index.ts'
import { CopyButton } from './copy-button.tsx'
import { Prose } from './prose.tsx'

export interface NotifyAction {
  readonly label: string
  readonly run: () => void
}

/** A failure stays until it is closed: it may be the only place that tells it. `name` is for `hideNotice`. */
export function notifyError(
  error: ErrorInfo,
  title: string = error.message,
  action?: NotifyAction,
  name?: string,
): void {
  const id = notifications.show({
    ...(name === undefined ? {} : { id: name }),
    color: 'red',
    title,
    autoClose: false,
    withBorder: true,
    closeButtonProps: { 'aria-label': t('shell.close') },
    message: (
      <Stack gap={6} align="flex-start">
        {title !== error.message && <Text size="sm">{error.message}</Text>}
        {error.hint !== undefined && (
          <Text size="sm">
            <Prose text={error.hint} />
          </Text>
        )}
        <Group gap="xs">
          {action && (
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                notifications.hide(id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          )}
          <CopyButton text={reportOf(error)} label={t('shell.copyDetails')} />
        </Group>
      </Stack>
    ),
  })
}

export function notifyDone(title: string, message?: string): void {
  notifications.show({
    color: 'green',
    title,
    message,
    autoClose: 6000,
    withBorder: true,
    closeButtonProps: { 'aria-label': t('shell.close') },
  })
}

/** Something was done that can be undone for a while: long enough to read it, and to think better of it. `id` is for `hideNotice`. */
export function notifyUndo(id: string, title: string, message: string, onUndo: () => void): void {
  notifications.show({
    id,
    color: 'green',
    title,
    autoClose: 15_000,
    withBorder: true,
    closeButtonProps: { 'aria-label': t('shell.close') },
    message: (
      <Stack gap={6} align="flex-start">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="light"
          onClick={() => {
            notifications.hide(id)
            onUndo()
          }}
        >
          {t('shell.undo')}
        </Button>
      </Stack>
    ),
  })
}

/** Takes a notice away that is true no more. */
export function hideNotice(id: string): void {
  notifications.hide(id)
}
