import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import type { JobControls } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { ErrorCard } from '../../ui/error-card.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'

export interface BundleDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

export interface BundleModalProps extends BundleDialogProps {
  readonly title: string
  readonly children: ReactNode
}

export function BundleModal({ isOpen, onClose, title, children }: BundleModalProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('shell.close') }}>
      {children}
    </Modal>
  )
}

export interface BundleFormProps {
  readonly work: Pick<JobControls<'bundles.create' | 'bundles.import'>, 'isRunning' | 'job' | 'error' | 'cancel'>
  readonly action: string
  readonly onStart: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The fields, and below them how the work goes. */
export function BundleForm({ work, action, onStart, onClose, children }: BundleFormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (!work.isRunning) onStart()
      }}
    >
      <Stack gap="md">
        {children}
        {work.error && <ErrorCard error={work.error} />}
        <Stack gap="sm" className="dialog-foot">
          {work.isRunning && work.job && <ProgressLine progress={work.job.progress} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={work.isRunning ? work.cancel : onClose}>
              {t('shell.cancel')}
            </Button>
            {work.isRunning ? (
              <Button onClick={onClose}>{t('settings.offline.background')}</Button>
            ) : (
              <Button type="submit">{action}</Button>
            )}
          </Group>
        </Stack>
      </Stack>
    </form>
  )
}
