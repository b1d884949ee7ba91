import { Modal } from '@mantine/core'
import { t } from '../../text/index.ts'
import { ChangePreview } from './change-preview.tsx'
import type { ChangePlan } from './change-preview.tsx'

export interface ChangeDialogProps {
  /** Undefined: closed. */
  readonly plan: ChangePlan | undefined
  readonly onConfirm: (plan: ChangePlan) => void
  readonly onClose: () => void
}

/** Before an upgrade or a removal: what it would do. */
export function ChangeDialog({ plan, onConfirm, onClose }: ChangeDialogProps) {
  return (
    <Modal
      opened={plan !== undefined}
      onClose={onClose}
      title={plan && t(`environments.change.${plan.action}`, { name: plan.name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {plan && <ChangePreview plan={plan} onConfirm={() => onConfirm(plan)} onBack={onClose} />}
    </Modal>
  )
}
