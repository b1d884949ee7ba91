import type { Environment } from '../../../contract/index.ts'
import { bytes, localTime } from '../../lib/format.ts'
import { useReveal } from '../../stores/desktop.ts'
import { useRuntimes } from '../../stores/runtimes.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { Facts } from '../../ui/facts.tsx'
import { PathValue } from '../../ui/path-value.tsx'

/** Where it lies, what it stands on, who uses it. */
export function FactsTab({ environment }: { readonly environment: Environment }) {
  const { root, executable, python, usedBy, requirements } = environment
  const runtime = useRuntimes((all) => all.runtimes.find((one) => one.id === environment.runtime))
  const reveal = useReveal()
  const path = (label: string, place: string) => <PathValue path={place} label={label} onReveal={reveal(place)} />
  const standsOn = (
    <a className="link" href={hashOf({ screen: 'runtimes', item: undefined })}>
      {runtime
        ? `${t('runtimes.version', { version: runtime.version })} · ${t(`runtimes.origins.${runtime.origin}`)}`
        : environment.runtime}
    </a>
  )
  return (
    <div className="surface" style={{ padding: 16 }}>
      <Facts
        facts={[
          [t('environments.facts.folder'), path(t('environments.facts.folder'), root)],
          [t('environments.facts.interpreter'), path(t('environments.facts.interpreter'), executable)],
          [t('environments.facts.python'), python],
          [t('environments.facts.runtime'), standsOn],
          [t('environments.facts.size'), bytes(environment.sizeBytes)],
          [t('environments.facts.created'), localTime(environment.createdAt)],
          [
            t('environments.facts.usedBy'),
            usedBy.length === 0
              ? t('environments.facts.nobody')
              : usedBy.map((server, index) => (
                  <span key={server}>
                    {index > 0 && ', '}
                    <a className="link" href={hashOf({ screen: 'servers', item: server })}>
                      {server}
                    </a>
                  </span>
                )),
          ],
          [t('environments.facts.gpu'), environment.gpu && t(`settings.gpu.backends.${environment.gpu}`)],
          [
            t('environments.facts.skipped'),
            environment.skipped?.map(({ requirement, reason }) => `${requirement}: ${reason}`).join('; '),
          ],
          [
            t('environments.facts.requirements'),
            requirements.length > 0 ? requirements.join(', ') : t('environments.facts.nothing'),
          ],
        ]}
      />
    </div>
  )
}
