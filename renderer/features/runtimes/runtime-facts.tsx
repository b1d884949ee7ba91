import type { Runtime } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { useReveal } from '../../stores/desktop.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { Facts } from '../../ui/facts.tsx'
import { PathValue } from '../../ui/path-value.tsx'

const yesNo = (value: boolean) => (value ? t('runtimes.facts.yes') : t('runtimes.facts.no'))

export interface RuntimeFactsProps {
  readonly runtime: Runtime
  readonly users: readonly string[]
}

/** What an interpreter says of itself, and who stands on it. */
export function RuntimeFacts({ runtime, users }: RuntimeFactsProps) {
  const { executable, probe, sizeBytes, installedAt } = runtime
  const reveal = useReveal()
  const label = t('runtimes.facts.executable')
  const isOurs = runtime.origin === 'managed'
  return (
    <Facts
      facts={[
        [label, <PathValue key="path" path={executable} label={label} onReveal={reveal(executable)} />],
        [t('runtimes.facts.id'), runtime.id],
        [t('runtimes.facts.implementation'), runtime.implementation],
        [t('runtimes.facts.architecture'), runtime.architecture],
        [t('runtimes.facts.origin'), isOurs ? undefined : t(`runtimes.origins.${runtime.origin}`)],
        [t('runtimes.facts.size'), sizeBytes === undefined ? undefined : bytes(sizeBytes)],
        [t('runtimes.facts.installedAt'), installedAt === undefined ? undefined : localTime(installedAt)],
        [t('runtimes.facts.venv'), probe && yesNo(probe.hasVenv)],
        [t('runtimes.facts.ssl'), probe && yesNo(probe.hasSsl)],
        // What of its packages the system keeps; ours says so too, lest pip is run in it.
        [t('runtimes.facts.externallyManaged'), isOurs ? undefined : probe && yesNo(probe.externallyManaged)],
        [t('runtimes.facts.freeThreaded'), probe?.freeThreaded === true ? t('runtimes.facts.yes') : undefined],
        [
          t('runtimes.facts.usedBy'),
          users.length === 0
            ? t('runtimes.facts.nobody')
            : users.map((name, index) => (
                <span key={name}>
                  {index > 0 && ', '}
                  <a className="link" href={hashOf({ screen: 'environments', item: name })}>
                    {name}
                  </a>
                </span>
              )),
        ],
      ]}
    />
  )
}
