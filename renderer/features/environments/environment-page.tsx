import { Button } from '@mantine/core'
import { IconPackages } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useEnvironments } from '../../stores/environments.ts'
import { goTo } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Page } from '../../ui/page.tsx'
import { EnvironmentDetail } from './environment-detail.tsx'
import { listPlace } from './list-place.ts'
import { RemoveEnvironment } from './remove-environment.tsx'
import { useBeginning } from './use-list-return.ts'

/** One environment. While it is being deleted from here the last sight of it stays, instead of a word that it is gone. */
export function EnvironmentPage({ name }: { readonly name: string }) {
  const found = useEnvironments((state) => state.environments.find((one) => one.name === name))
  const last = useRef(found)
  if (found) last.current = found
  useBeginning()
  const [isRemoving, setRemoving] = useState(false)
  const environment = found ?? (isRemoving ? last.current : undefined)
  if (!environment) {
    return (
      <Page title={name} back={listPlace()}>
        <EmptyState
          icon={IconPackages}
          title={t('environments.detail.gone', { name })}
          text={t('environments.detail.goneText')}
          action={<Button onClick={() => goTo('environments')}>{t('environments.detail.back')}</Button>}
        />
      </Page>
    )
  }
  return (
    <>
      <EnvironmentDetail environment={environment} onRemove={() => setRemoving(true)} />
      <RemoveEnvironment environment={environment} isOpen={isRemoving} onClose={() => setRemoving(false)} />
    </>
  )
}
