import { Alert, Button, Code, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import type { FormEvent } from 'react'
import type { ServerSpec } from '../../../contract/index.ts'
import { useHost } from '../../stores/host.ts'
import { useServers } from '../../stores/servers.ts'
import { useJob } from '../../stores/use-job.ts'
import { t } from '../../text/index.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ErrorCard } from '../../ui/error-card.tsx'
import { notifyDone } from '../../ui/notify.tsx'
import { ProgressLine } from '../../ui/progress-line.tsx'
import { startLine } from './command-line.ts'
import { emptyForm, formOf, isPortMissing, nameOf, nameTrouble, startParams } from './start-form.ts'
import type { StartForm } from './start-form.ts'
import { StartFields } from './start-fields.tsx'

export interface StartDialogProps {
  /** The saved server to change; undefined: a new one. */
  readonly saved: ServerSpec | undefined
  /** What a new one is to run on; undefined: the usual one. */
  readonly environment?: string | undefined
  readonly onClose: () => void
}

/** Asks what is to run and follows its start: a failure is told here, where the answer can be changed. */
export function StartDialog({ saved, environment, onClose }: StartDialogProps) {
  const [form, setForm] = useState<StartForm>(() =>
    saved ? formOf(saved) : environment === undefined ? emptyForm : { ...emptyForm, environment },
  )
  const [isTried, setTried] = useState(false)
  const servers = useServers((state) => state.servers)
  const home = useHost((state) => state.info?.home)
  const start = useJob('servers.start')
  // A start that failed has saved its description: the server of this name is ours to change.
  const [begun, setBegun] = useState<string>()
  const name = nameOf(form)
  const own = saved ?? servers.find((server) => server.name === begun && server.name === name)?.spec
  const trouble = nameTrouble(form, servers, own)
  const isBad = trouble !== undefined || isPortMissing(form)
  const params = startParams(form, own)
  const isUnsafe = form.transport !== 'pipe' && form.auth === 'none'

  const isPortTaken = start.error?.code === 'PORT_IN_USE'

  const run = async (wanted: StartForm) => {
    setBegun(nameOf(wanted))
    const server = await start.run(startParams(wanted, own))
    if (server === undefined) return
    notifyDone(t('servers.form.done', { name: server.name }))
    onClose()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!isBad && !start.isRunning) void run(form)
  }
  const useAnotherPort = () => {
    const wanted: StartForm = { ...form, port: 'any' }
    setForm(wanted)
    void run(wanted)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={saved ? t('servers.form.changeTitle', { name: saved.name }) : t('servers.form.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <StartFields
            form={form}
            onChange={(changed) => {
              setForm({ ...form, ...changed })
              start.clear()
            }}
            saved={own}
            isNameFixed={saved !== undefined}
            trouble={form.name === '' && !isTried && trouble?.kind !== 'taken' ? undefined : trouble}
            isPortMissing={isTried && isPortMissing(form)}
            isBarred={start.isRunning}
          />
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
          {start.error && (
            <ErrorCard
              error={isPortTaken ? { ...start.error, hint: t('servers.port.hint') } : start.error}
              actions={
                isPortTaken && (
                  <Button size="compact-sm" onClick={useAnotherPort}>
                    {t('servers.actions.anotherPort')}
                  </Button>
                )
              }
            />
          )}
          {start.isRunning && start.job && <ProgressLine progress={start.job.progress} />}
          {!isBad && (
            <div>
              <Text size="xs" c="dimmed" mb={4}>
                {t('servers.form.cli')}
              </Text>
              <Group gap="xs" wrap="nowrap" align="flex-start">
                <Code block className="break" flex={1} fz="xs" style={{ whiteSpace: 'pre-wrap' }}>
                  {startLine(params, home)}
                </Code>
                <CopyButton text={startLine(params, home)} />
              </Group>
            </div>
          )}
          <Group justify="flex-end" gap="xs">
            {start.isRunning ? (
              <>
                <Button variant="default" onClick={start.cancel}>
                  {t('servers.actions.cancelStart')}
                </Button>
                <Button onClick={onClose}>{t('servers.form.background')}</Button>
              </>
            ) : (
              <>
                <Button variant="default" onClick={onClose}>
                  {t('shell.cancel')}
                </Button>
                <Button type="submit" disabled={trouble?.kind === 'taken'} {...(isUnsafe ? { color: 'red' } : {})}>
                  {isUnsafe ? t('servers.form.submitUnsafe') : t('servers.form.submit')}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
