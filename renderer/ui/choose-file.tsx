import { Button, FileButton } from '@mantine/core'
import { IconFile } from '@tabler/icons-react'
import { useRef } from 'react'
import { AppError } from '../../contract/index.ts'
import { t } from '../text/index.ts'

export interface ChooseFileProps {
  readonly label: string
  /** Kinds of files, as the `accept` of an input has them. */
  readonly accept: string
  readonly isDisabled?: boolean
  readonly onFile: (file: File) => void
}

export function ChooseFile({ label, accept, isDisabled = false, onFile }: ChooseFileProps) {
  const forget = useRef<() => void>(null)
  const take = (file: File | null) => {
    // The browser tells nothing where the same file is chosen again, which may say something else by now.
    forget.current?.()
    if (file) onFile(file)
  }
  return (
    <FileButton accept={accept} onChange={take} resetRef={forget} disabled={isDisabled}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          disabled={isDisabled}
          leftSection={<IconFile size={16} aria-hidden />}
          style={{ alignSelf: 'flex-start' }}
        >
          {label}
        </Button>
      )}
    </FileButton>
  )
}

/** What a chosen file says. It may be gone by now, be a folder, or belong to somebody else: then it rejects with an AppError. */
export async function fileText(file: File): Promise<string> {
  try {
    return await file.text()
  } catch (cause) {
    throw new AppError('FILE_UNREADABLE', t('shell.fileUnreadable', { name: file.name }), {
      hint: t('shell.fileUnreadableHint'),
      details: { file: file.name, reason: cause instanceof Error ? cause.message : String(cause) },
      cause,
    })
  }
}
