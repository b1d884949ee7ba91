import { Button } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { t } from '../text/index.ts'

export interface CopyButtonProps {
  readonly text: string
  /** Absent: "Copy". */
  readonly label?: string
}

export function CopyButton({ text, label = t('shell.copy') }: CopyButtonProps) {
  const clipboard = useClipboard({ timeout: 1500 })
  const Glyph = clipboard.copied ? IconCheck : IconCopy
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Glyph size={14} aria-hidden />}
      onClick={() => clipboard.copy(text)}
    >
      <span aria-live="polite">{clipboard.copied ? t('shell.copied') : label}</span>
    </Button>
  )
}
