import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import type { FormEvent } from 'react'
import { startsAgain } from '../../../contract/index.ts'
import type { Server } from '../../../contract/index.ts'
import { useHost } from '../../stores/host.ts'
import { useServers } from '../../stores/servers.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { saveLine, startLine } from './command-line.ts'
import { LimitFields } from './limit-fields.tsx'
import { isLive } from './server-facts.ts'
import { ServerFields } from './server-fields.tsx'
import { formOf, isIncomplete, isPortMissing, nameOf, nameTrouble, specOf, startParams } from './server-form.ts'
import type { ServerForm } from './server-form.ts'
import { useServerSave } from './use-server-save.ts'

export interface ServerDialogProps {
  /** The name of the saved server to change; undefined: a new one. */
  readonly edited: string | undefined
  /** What a new one begins with. */
  readonly initial: ServerForm
  readonly onClose: () => void
}

/** Asks what is to run; saves it, and follows its start: a failure is told here, where the answer can be changed. */
export function ServerDialog({ edited, initial, onClose }: ServerDialogProps) {
  const servers = useServers((state) => state.servers)
  const home = useHost((state) => state.info?.home)
  const work = useServerSave()
  const server = servers.find(({ name }) => name === edited)
  const [form, setForm] = useState<ServerForm>(() => (server ? formOf(server.spec) : initial))
  const [isTried, setTried] = useState(false)
  // A start that failed has saved its description: the server of this name is ours to change.
  const known: Server | undefined = server ?? servers.find(({ name }) => name === work.begun && name === nameOf(form))
  const trouble = nameTrouble(form, servers, known?.spec)
  const isBad = trouble !== undefined || isIncomplete(form)
  const isUnsafe = form.transport !== 'pipe' && form.auth === 'none'
  const isRunning = known !== undefined && isLive(known.state)
  const isPortTaken = work.error?.code === 'PORT_IN_USE'
  const isBusy = work.isSaving || work.isStarting
  const line = known ? saveLine(specOf(form, known.spec), home) : startLine(startParams(form), home)

  const send = async (wanted: ServerForm, andStart: boolean) => {
    setTried(true)
    if (trouble !== undefined || isIncomplete(wanted) || isBusy) return
    const done = await (andStart ? work.saveAndStart(wanted, known) : work.save(wanted, known))
    if (done === undefined || !work.isHere()) return
    notifyDone(t(andStart ? 'servers.form.done' : 'servers.form.saved', { name: done.name }))
    onClose()
  }
  const change = (changed: Partial<ServerForm>) => {
    setForm({ ...form, ...changed })
    work.clear()
  }
  const useAnotherPort = () => {
    const wanted: ServerForm = { ...form, port: 'any' }
    setForm(wanted)
    void send(wanted, true)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={server ? t('servers.form.changeTitle', { name: server.name }) : t('servers.form.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void send(form, true)
        }}
        noValidate
      >
        <Stack gap="md">
          {known && !work.isStarting && <WhenTakenUp server={known} />}
          <ServerFields
            form={form}
            onChange={change}
            isNameFixed={server !== undefined}
            trouble={form.name === '' && !isTried && trouble?.kind !== 'taken' ? undefined : trouble}
            isPortMissing={isTried && isPortMissing(form)}
            isBarred={isBusy}
          />
          <LimitFields form={form.limits} onChange={(limits) => change({ limits })} isBarred={isBusy} />
          {isUnsafe && (
            <Alert
              color="red"
              variant="filled"
              icon={<IconAlertTriangle aria-hidden />}
              title={t('servers.form.noneTitle')}
            >
              {t('servers.form.noneText')}
            </Alert>
          )}
          {work.error && (
            <ErrorCard
              error={isPortTaken ? { ...work.error, hint: t('servers.port.hint') } : work.error}
              actions={
                isPortTaken && (
                  <Button size="compact-sm" onClick={useAnotherPort}>
                    {t('servers.actions.anotherPort')}
                  </Button>
                )
              }
            />
          )}
          {work.isStarting && work.job && <ProgressLine progress={work.job.progress} />}
          {!isBad && (
            <div>
              <Text size="xs" c="dimmed" mb={4}>
                {t('servers.form.cli')}
              </Text>
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Code block className="break" flex={1} fz="xs" style={{ whiteSpace: 'pre-wrap' }}>
                  <Words of={line} />
                </Code>
                <CopyButton text={line} />
              </Group>
            </div>
          )}
          <Group justify="flex-end" gap="xs" className="dialog-foot">
            {work.isStarting ? (
              <>
                <Button variant="default" onClick={work.cancel}>
                  {t('servers.actions.cancelStart')}
                </Button>
                <Button onClick={onClose}>{t('shell.background')}</Button>
              </>
            ) : (
              <>
                <Button variant="default" onClick={onClose}>
                  {t('shell.cancel')}
                </Button>
                <Button
                  variant="default"
                  loading={work.isSaving}
                  disabled={trouble?.kind === 'taken'}
                  onClick={() => void send(form, false)}
                >
                  {t('servers.form.save')}
                </Button>
                <Button
                  type="submit"
                  disabled={trouble?.kind === 'taken' || work.isSaving}
                  {...(isUnsafe ? { color: 'red' } : {})}
                >
                  {t(submitKey(isRunning, isUnsafe, known !== undefined))}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** What becomes of what is saved, where that is not plain. */
function WhenTakenUp({ server }: { readonly server: Server }) {
  const { name } = server
  const said = isLive(server.state)
    ? [t('servers.form.isRunning', { name }), t('servers.form.isRunningText')]
    : startsAgain(server)
      ? [t('servers.comeback.editTitle', { name }), t('servers.comeback.editText')]
      : undefined
  return (
    said && (
      <Alert color="indigo" icon={<IconInfoCircle aria-hidden />} title={said[0]}>
        {said[1]}
      </Alert>
    )
  )
}

/** A command line that is broken between its words: a hyphen is no place for it. */
function Words({ of }: { readonly of: string }) {
  return of.split(' ').map((word, at) => (
    <Fragment key={at}>
      {at > 0 && ' '}
      <span style={{ display: 'inline-block', maxWidth: '100%' }}>{word}</span>
    </Fragment>
  ))
}

function submitKey(isRunning: boolean, isUnsafe: boolean, isKnown: boolean) {
  if (isRunning) return 'servers.form.saveAndRestart' as const
  if (isUnsafe) return 'servers.form.submitUnsafe' as const
  return isKnown ? ('servers.form.saveAndStart' as const) : ('servers.form.submit' as const)
}
