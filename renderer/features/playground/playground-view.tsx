import { Box, Splitter, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { lazy, Suspense, useCallback, useEffect, useId, useState } from 'react'
import { modKey } from '../../lib/mod-key.ts'
import { useHost } from '../../stores/host.ts'
import { chooseServer, keepDraft, resumeRun, runCode, setCode, usePlayground } from '../../stores/playground.ts'
import { useServers } from '../../stores/servers.ts'
import { showInPlace } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { Page } from '../../ui/page.tsx'
import type { ScreenProps } from '../../ui/screen.ts'
import { chosenServer } from './chosen-server.ts'
import { HistoryDrawer } from './history-drawer.tsx'
import './playground.css'
import { RunBar } from './run-bar.tsx'
import { RunResult } from './run-result.tsx'
import { SessionBar } from './session-bar.tsx'
import { pythonFailureOf } from './traceback.ts'
import { useRunKey } from './use-run-key.ts'

const CodeEditor = lazy(async () => ({ default: (await import('./code-editor.tsx')).CodeEditor }))

/** An editor, and what its code printed, gave or raised. The address may name the server. */
export function PlaygroundView({ item }: ScreenProps) {
  const code = usePlayground((state) => state.code)
  const wanted = usePlayground((state) => state.server)
  const run = usePlayground((state) => state.run)
  const error = usePlayground((state) => state.ended?.error)
  const server = useServers((state) => chosenServer(state.servers, wanted))
  const isKnown = useHost((state) => state.isKnown)
  const isNarrow = useMediaQuery('(max-width: 820px)') ?? false
  const [isHistoryShown, setHistoryShown] = useState(false)
  const [visit, setVisit] = useState(0)
  const keys = useId()

  useEffect(() => {
    if (item !== undefined) chooseServer(item)
  }, [item])
  useEffect(() => {
    if (isKnown) void resumeRun()
  }, [isKnown])
  useEffect(() => (run === undefined ? undefined : showInPlace(run.id)), [run])
  useEffect(() => {
    window.addEventListener('pagehide', keepDraft)
    return () => {
      window.removeEventListener('pagehide', keepDraft)
      keepDraft()
    }
  }, [])

  const canRun = server?.state === 'running'
  const start = useCallback(() => {
    if (canRun) void runCode(server.name, usePlayground.getState().code)
  }, [canRun, server?.name])
  useRunKey(start)

  const failing = error && run?.code === code ? pythonFailureOf(error)?.line : undefined
  const key = modKey(window.navigator.platform)
  return (
    <Page
      title={t('playground.name')}
      subtitle={t('playground.subtitle')}
      actions={<RunBar server={server} modKey={key} onRun={start} onHistory={() => setHistoryShown(true)} />}
      isFull
    >
      {canRun && <SessionBar key={server.name} server={server.name} />}
      <Splitter
        className="playground-split"
        orientation={isNarrow ? 'vertical' : 'horizontal'}
        lineSize={10}
        handleColor="transparent"
        attributes={{ handle: { 'aria-label': t('playground.split') } }}
        key={String(isNarrow)}
      >
        <Splitter.Pane defaultSize={52} min={20}>
          <div className="playground-pane">
            <Box className="surface playground-editor">
              <Suspense
                fallback={
                  <Text size="sm" c="dimmed" p="md">
                    {t('playground.editorLoading')}
                  </Text>
                }
              >
                <CodeEditor
                  code={code}
                  onCode={setCode}
                  onRun={start}
                  failing={failing}
                  visit={visit}
                  describedBy={keys}
                />
              </Suspense>
            </Box>
            <Text size="xs" c="dimmed" mt={6} id={keys}>
              {t('playground.keys', { key })}
            </Text>
          </div>
        </Splitter.Pane>
        <Splitter.Pane defaultSize={48} min={20}>
          <div className="playground-pane">
            <RunResult server={server} onVisit={() => setVisit(visit + 1)} canVisit={failing !== undefined} />
          </div>
        </Splitter.Pane>
      </Splitter>
      <HistoryDrawer isOpen={isHistoryShown} onClose={() => setHistoryShown(false)} />
    </Page>
  )
}
