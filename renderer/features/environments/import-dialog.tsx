import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { t } from '../../text/index.ts'
import { ChooseFile } from '../../ui/choose-file.tsx'
import { ChangePreview } from './change-preview.tsx'
import type { ChangePlan } from './change-preview.tsx'
import { readRequirementsFile } from './requirements.ts'

/** Bytes that the host takes of such a file. */
const maxBytes = 1_000_000

export interface ImportDialogProps {
  readonly name: string
  readonly isOpen: boolean
  readonly onImport: (text: string) => void
  readonly onClose: () => void
}

export function ImportDialog({ name, isOpen, onImport, onClose }: ImportDialogProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('environments.change.import', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <ImportForm name={name} onImport={onImport} onClose={onClose} />
    </Modal>
  )
}

/** The text, pasted or out of a file; then what it would do, where a preview can tell; then it is for the caller to do it. */
function ImportForm({ name, onImport, onClose }: Omit<ImportDialogProps, 'isOpen'>) {
  const [text, setText] = useState('')
  const [trouble, setTrouble] = useState<string>()
  const [plan, setPlan] = useState<ChangePlan>()
  const { requirements, others } = readRequirementsFile(text)
  const isEmpty = requirements.length + others.length === 0
  const canPreview = !isEmpty && others.length === 0
  const read = async (file: File) => {
    setTrouble(undefined)
    if (file.size > maxBytes) return setTrouble(t('environments.requirements.tooLarge'))
    try {
      const found = await file.text()
      if (found.includes('\0')) return setTrouble(t('environments.requirements.unreadable'))
      setText(found)
    } catch {
      setTrouble(t('environments.requirements.unreadable'))
    }
  }
  if (plan) {
    return (
      <ChangePreview
        plan={plan}
        onConfirm={() => onImport(text)}
        onBack={() => setPlan(undefined)}
        backLabel={t('environments.change.back')}
      />
    )
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (canPreview) setPlan({ name, action: 'install', packages: [...requirements] })
        else if (!isEmpty) onImport(text)
      }}
    >
      <Stack gap="md">
        <Textarea
          label={t('environments.requirements.paste')}
          description={t('environments.requirements.pasteHint')}
          placeholder={t('environments.requirements.pastePlaceholder')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          error={trouble}
          autosize
          minRows={8}
          maxRows={16}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          data-autofocus
        />
        {others.length > 0 && (
          <Text size="sm" className="tone-warning break">
            {t('environments.requirements.others', { count: others.length, line: others[0] ?? '' })}
          </Text>
        )}
        <Group gap="xs">
          <ChooseFile
            label={t('environments.requirements.choose')}
            accept=".txt,.in,text/plain"
            onFile={(file) => void read(file)}
          />
          {!isEmpty && (
            <Text size="sm" c="dimmed">
              {t('environments.requirements.count', { count: requirements.length + others.length })}
            </Text>
          )}
          <Group gap="xs" ml="auto">
            <Button variant="default" onClick={onClose}>
              {t('shell.cancel')}
            </Button>
            <Button type="submit" disabled={isEmpty}>
              {canPreview || isEmpty ? t('environments.requirements.preview') : t('environments.requirements.start')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
