import { Text } from '@mantine/core'
import type { Restarts } from '../../../contract/index.ts'
import { elapsed } from '../../lib/format.ts'
import { t } from '../../text/index.ts'
import { useNow } from '../../ui/use-now.ts'
import { msUntilStart } from './server-facts.ts'

/** When a server starts again by itself, told anew each second. For itself, so that a second that passes draws a few letters. */
export function NextStart({ restarts }: { readonly restarts: Restarts }) {
  const { attempt, most } = restarts
  const ms = msUntilStart(restarts, useNow(true))
  return (
    <Text size="sm" fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {ms > 0
        ? t('servers.comeback.next', { time: elapsed(ms), attempt, most })
        : t('servers.comeback.now', { attempt, most })}
    </Text>
  )
}
