import { Button, Group, TextInput } from '@mantine/core'
import type { TextInputProps } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { t } from '../text/index.ts'
import { tell } from './tell.ts'

export interface PathFieldProps extends Omit<TextInputProps, 'onChange'> {
  readonly value: string
  readonly onChange: (path: string) => void
  /** Lets the user choose in a dialog of the system; undefined where there is none: then the path is typed. */
  readonly onPick?: (() => Promise<string | undefined>) | undefined
}

/** A path to type, or to choose where there is a desktop. */
export function PathField({ value, onChange, onPick, disabled = false, maw, ...field }: PathFieldProps) {
  const pick = async (choose: () => Promise<string | undefined>) => {
    const path = await choose()
    if (path !== undefined) onChange(path)
  }
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" {...(maw === undefined ? {} : { maw })}>
      <TextInput
        {...field}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value)}
        spellCheck={false}
        flex={1}
      />
      {onPick && (
        <Button
          variant="default"
          disabled={disabled}
          leftSection={<IconFolderOpen size={16} aria-hidden />}
          onClick={() => void tell(pick(onPick))}
        >
          {t('shell.browse')}
        </Button>
      )}
    </Group>
  )
}
