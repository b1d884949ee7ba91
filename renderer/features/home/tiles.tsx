import { Anchor, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconActivity, IconBrandPython, IconPackages, IconServer } from '@tabler/icons-react'
import type { Icon } from '@tabler/icons-react'
import { startsAgain } from '../../../contract/index.ts'
import { bytes } from '../../lib/format.ts'
import { jobKind } from '../../lib/job-kind.ts'
import { useEnvironments, userEnvironments } from '../../stores/environments.ts'
import { runningJobs, useJobs } from '../../stores/jobs.ts'
import { defaultRuntime, useRuntimes } from '../../stores/runtimes.ts'
import { useServers } from '../../stores/servers.ts'
import { hashOf } from '../../stores/ui.ts'
import { t } from '../../text/index.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import type { Tone } from '../../ui/tone.ts'

/** Four figures, each the way to its screen. */
export function Tiles() {
  const servers = useServers((state) => state.servers)
  const environments = userEnvironments(useEnvironments((state) => state.environments))
  const runtime = useRuntimes((state) => defaultRuntime(state.runtimes))
  const jobs = useJobs((state) => state.jobs)
  const running = servers.filter((server) => server.state === 'running').length
  const waiting = servers.filter(startsAgain).length
  const failed = servers.filter((server) => server.state === 'failed').length - waiting
  const broken = environments.filter((environment) => environment.state === 'broken').length
  const size = environments.reduce((sum, environment) => sum + environment.sizeBytes, 0)
  const busy = runningJobs(jobs).length
  const lastFailed = jobs.find((job) => job.state !== 'running' && jobKind(job) === 'work')?.state === 'failed'
  return (
    <SimpleGrid cols={{ base: 2, lg: 4 }} spacing="md">
      <Tile
        icon={IconServer}
        screen="servers"
        title={t('home.tiles.servers')}
        figure={String(servers.length)}
        {...(failed > 0
          ? { tone: 'problem', note: t('home.tiles.failed', { count: failed }) }
          : waiting > 0
            ? { tone: 'warning', note: t('home.tiles.waiting', { count: waiting }) }
            : running > 0
              ? { tone: 'ok', note: t('home.tiles.running', { count: running }) }
              : { tone: 'quiet', note: t('home.tiles.allStopped') })}
      />
      <Tile
        icon={IconPackages}
        screen="environments"
        title={t('home.tiles.environments')}
        figure={String(environments.length)}
        {...(broken > 0
          ? { tone: 'problem', note: t('home.tiles.broken', { count: broken }) }
          : { tone: 'ok', note: t('home.tiles.onDisk', { size: bytes(size) }) })}
      />
      <Tile
        icon={IconBrandPython}
        screen="runtimes"
        title={t('home.tiles.python')}
        figure={runtime?.version ?? t('home.tiles.noPython')}
        {...(runtime
          ? {
              tone: 'ok',
              note: runtime.origin === 'managed' ? t('runtimes.managed') : t(`runtimes.origins.${runtime.origin}`),
            }
          : { tone: 'problem', note: t('home.tiles.noPython') })}
      />
      <Tile
        icon={IconActivity}
        screen="activity"
        title={t('home.tiles.jobs')}
        figure={String(busy)}
        {...(busy > 0
          ? { tone: 'active', note: t('home.tiles.running', { count: busy }) }
          : lastFailed
            ? { tone: 'warning', note: t('home.tiles.lastFailed') }
            : { tone: 'quiet', note: t('home.tiles.idle') })}
      />
    </SimpleGrid>
  )
}

interface TileProps {
  readonly icon: Icon
  readonly screen: string
  readonly title: string
  readonly figure: string
  readonly tone: Tone
  readonly note: string
}

function Tile({ icon: Glyph, screen, title, figure, tone, note }: TileProps) {
  return (
    <Anchor className="surface" href={hashOf({ screen, item: undefined })} underline="never" c="inherit" p="md">
      <Stack gap={4}>
        <Text size="sm" c="dimmed" component="span" display="flex" style={{ alignItems: 'center', gap: 6 }}>
          <Glyph size={16} aria-hidden />
          {title}
        </Text>
        <Text fz={26} fw={650} lh={1.2}>
          {figure}
        </Text>
        <StateMark tone={tone} label={note} />
      </Stack>
    </Anchor>
  )
}
