import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { NotificationData } from '@mantine/notifications'
import type { ErrorInfo } from '../../contract/index.ts'
import { reportOf } from '../lib/error-text.ts'
import { t } from '../text/index.ts'
import { CopyButton } from './copy-button.tsx'
import { Prose } from './prose.tsx'

/** The notice that is there under a name. */
const shown = new Map<string, string>()

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
  const id = showNamed(name, {
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
        <Group gap="xs" className="notice-foot">
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

/** Something was done that can be undone for a while: long enough to read it, and to think better of it. `name` is for `hideNotice`. */
export function notifyUndo(name: string, title: string, message: string, onUndo: () => void): void {
  const id = showNamed(name, {
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
export function hideNotice(name: string): void {
  const id = shown.get(name)
  if (id !== undefined) notifications.hide(id)
}

/**
 * A newer notice takes the place of the older one of its name. Each has an id of its own: the library drops a second one of the
 * same id while the first is there, and what would be undone then is not what was done last.
 */
function showNamed(name: string | undefined, notice: NotificationData): string {
  if (name === undefined) return notifications.show(notice)
  hideNotice(name)
  const id = notifications.show({
    ...notice,
    onClose: () => {
      if (shown.get(name) === id) shown.delete(name)
    },
  })
  shown.set(name, id)
  return id
}
