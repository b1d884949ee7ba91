import { Alert } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useHost } from '../stores/host.ts'
import { t } from '../text/index.ts'
import { Prose } from '../ui/prose.tsx'

/** Over every screen while what it shows may be out of date. */
export function LostBanner() {
  const link = useHost((state) => state.link)
  const isKnown = useHost((state) => state.isKnown)
  const isClosing = useHost((state) => state.isClosing)
  const isLost = isKnown && link !== 'live' && link !== 'loading'
  if (!isLost && !isClosing) return null
  return (
    <Alert
      role="alert"
      radius={0}
      variant="filled"
      autoContrast
      // Under the header, over what scrolls.
      style={{ position: 'sticky', top: 52, zIndex: 90 }}
      color={isLost ? 'red.8' : 'yellow.4'}
      icon={<IconPlugConnectedX aria-hidden />}
      title={isLost ? t('shell.lost.title') : t('shell.lost.closing')}
    >
      {isLost ? <Prose text={t('shell.lost.text')} /> : undefined}
    </Alert>
  )
}
