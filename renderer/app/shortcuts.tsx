import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useEffect } from 'react'
import { modKey } from '../lib/mod-key.ts'
import { goTo, useUi } from '../stores/ui.ts'
import { t } from '../text/index.ts'
import { screens } from './screens.ts'

/** Milliseconds that the second key may take: long enough for a slow hand, short enough that a forgotten G does nothing. */
const sequenceMs = 1500

/** The keys that work everywhere, and the list of them. */
export function Shortcuts() {
  const isShown = useUi((state) => state.areShortcutsShown)
  const hide = () => useUi.setState({ areShortcutsShown: false })
  useEffect(() => {
    let goAt = -Infinity
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      // Whoever has a dialog before them means the dialog.
      if (document.querySelector('[role="dialog"][aria-modal="true"]') !== null) return
      if (event.key === '?') return useUi.setState({ areShortcutsShown: true })
      const screen = screens.find(({ key }) => key === event.key)
      if (screen && event.timeStamp - goAt < sequenceMs) goTo(screen.id)
      goAt = event.key === 'g' ? event.timeStamp : -Infinity
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return (
    <Modal
      opened={isShown}
      onClose={hide}
      title={t('shell.shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack gap="xs">
        <Line label={t('shell.shortcuts.palette')} keys={[modKey(navigator.platform), 'K']} />
        <Line label={t('shell.shortcuts.list')} keys={['?']} />
        <Line label={t('shell.shortcuts.closeAny')} keys={['Esc']} />
        {screens.map(({ id, title, key }) => (
          <Line
            key={id}
            label={t('shell.shortcuts.goTo', { screen: title() })}
            keys={['G', key.toUpperCase()]}
            isSequence
          />
        ))}
      </Stack>
    </Modal>
  )
}

interface LineProps {
  readonly label: string
  readonly keys: readonly string[]
  readonly isSequence?: boolean
}

function Line({ label, keys, isSequence = false }: LineProps) {
  return (
    <Group justify="space-between">
      <Text size="sm">{label}</Text>
      <Group gap={6}>
        {keys.map((key, index) => (
          <Group key={key} gap={6}>
            {index > 0 && (
              <Text size="xs" c="dimmed">
                {isSequence ? t('shell.shortcuts.andThen') : '+'}
              </Text>
            )}
            <Kbd>{key}</Kbd>
          </Group>
        ))}
      </Group>
    </Group>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/iu.test(target.tagName))
  )
}
