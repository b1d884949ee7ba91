import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../text/index.ts'

export interface ConfirmProps {
  readonly isOpen: boolean
  readonly title: string
  readonly children: ReactNode
  /** What the button does, in its own words: "Delete demo". */
  readonly action: string
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly isDangerous?: boolean
  readonly isBusy?: boolean
  /** It cannot be done now; `children` say why. */
  readonly isBarred?: boolean
}

/** Asks before something that cannot be undone. The way out has the focus. */
export function Confirm(props: ConfirmProps) {
  const {
    isOpen,
    title,
    children,
    action,
    onConfirm,
    onClose,
    isDangerous = false,
    isBusy = false,
    isBarred = false,
  } = props
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      <Stack gap="md">
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('shell.cancel')}
          </Button>
          <Button {...(isDangerous ? { color: 'red' } : {})} onClick={onConfirm} loading={isBusy} disabled={isBarred}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
