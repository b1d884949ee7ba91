import { Text } from '@mantine/core'
import type { HostInfo } from '../../../contract/index.ts'
import { useReveal } from '../../stores/desktop.ts'
import { t } from '../../text/index.ts'
import { Facts } from '../../ui/facts.tsx'
import { Section } from '../../ui/page.tsx'
import { PathValue } from '../../ui/path-value.tsx'
import { Prose } from '../../ui/prose.tsx'

const places = ['settings', 'runtimes', 'environments', 'servers', 'endpoints', 'logs', 'cache', 'control'] as const

/** Every place on disk, to copy, and to open where there is a desktop. */
export function Places({ info }: { readonly info: HostInfo }) {
  const reveal = useReveal()
  const fact = (label: string, path: string) =>
    [label, <PathValue key={path} path={path} label={label} onReveal={reveal(path)} />] as const
  return (
    <Section title={t('settings.places.title')}>
      <div className="surface" style={{ padding: 16 }}>
        <Text size="sm" c="dimmed" mb="sm">
          <Prose text={t('settings.places.hint')} />
        </Text>
        <Facts
          facts={[
            fact(t('settings.places.home'), info.home),
            ...places.map((place) => fact(t(`settings.places.${place}`), info.paths[place])),
          ]}
        />
      </div>
    </Section>
  )
}
