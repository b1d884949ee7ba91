import { Alert } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { startsAgain } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

/** In place of what only a server that runs has. `children`: what is to be known of it meanwhile. */
export function NotRunning({ server, children }: { readonly server: Server; readonly children: ReactNode }) {
  const title = startsAgain(server) ? 'servers.comeback.waits' : 'servers.connect.notRunning'
  return (
    <Alert icon={<IconPlugConnectedX aria-hidden />} color="gray" title={t(title)}>
      {children}
    </Alert>
  )
}
