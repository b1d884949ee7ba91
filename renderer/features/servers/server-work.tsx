import { useInViewport } from '@mantine/hooks'
import { memo, useEffect } from 'react'
import { useMetrics, watchMetrics } from '../../stores/metrics.ts'
import { t } from '../../text/index.ts'
import { errorCount, errorsText, latencyText, rateText, recentWork, workerText } from './metrics-text.ts'

export interface ServerWorkProps {
  readonly name: string
  readonly startedAt: string
}

/** What a server has done and has in hand, live while it is on screen. It listens for itself, as UsageFigures does. */
export const ServerWork = memo(function ServerWork({ name, startedAt }: ServerWorkProps) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>()
  useEffect(() => (inViewport ? watchMetrics(name) : undefined), [name, startedAt, inViewport])
  const looks = useMetrics((state) => state.looks[name])
  const newest = looks?.at(-1)
  const recent = looks && recentWork(looks)
  const errors = newest && errorCount(newest.errors)
  const rate = recent?.perSecond
  return (
    <div ref={ref} role="group" className="server-work-place" aria-label={t('servers.work.title', { name })}>
      <dl className="server-work">
        <Figure
          label={t('servers.work.requests')}
          value={newest?.requests.toLocaleString()}
          note={rate === undefined ? undefined : t('servers.work.rate', { rate: rateText(rate) })}
        />
        <Figure
          label={t('servers.work.errors')}
          value={errors?.toLocaleString()}
          title={newest && errorsText(newest.errors)}
          isWarning={errors !== undefined && errors > 0}
        />
        <Figure label={t('servers.work.half')} value={recent && latencyText(recent.half)} />
        <Figure label={t('servers.work.most')} value={recent && latencyText(recent.most)} />
        <Figure label={t('servers.work.waiting')} value={newest?.waiting.toLocaleString()} />
        <Figure label={t('servers.work.workers')} value={newest?.workers.toLocaleString()} />
        <Figure label={t('servers.work.sessions')} value={newest?.sessions.toLocaleString()} />
        <Figure label={t('servers.work.handles')} value={newest?.handles.toLocaleString()} />
      </dl>
      {newest?.eachWorker !== undefined && (
        <ul className="server-workers" aria-label={t('servers.work.eachWorker')}>
          {newest.eachWorker.map((one) => (
            <li key={one.worker}>{workerText(one)}</li>
          ))}
        </ul>
      )}
    </div>
  )
})

interface FigureProps {
  readonly label: string
  readonly value: string | undefined
  readonly note?: string | undefined
  readonly title?: string | undefined
  readonly isWarning?: boolean
}

function Figure({ label, value, note, title, isWarning }: FigureProps) {
  return (
    <div title={title === '' ? undefined : title}>
      <dt>{label}</dt>
      <dd className={isWarning ? 'tone-warning' : undefined}>
        {value ?? t('servers.usage.none')}
        {note !== undefined && <span>{note}</span>}
      </dd>
    </div>
  )
}
