import { AppError, isAppError, transports, withLimits } from '../../../contract/index.ts'
import type { CommandParams, ServerSpec } from '../../../contract/index.ts'
import { choice, integerOr, required, text } from '../../inputs.ts'
import type { Values } from '../../inputs.ts'
import { visible } from '../../text/visible.ts'
import { verb } from '../../verb.ts'
import { limitsGiven } from './limits.ts'
import { specInputs } from './spec-inputs.ts'

export const saveServer = verb({
  words: ['servers save'],
  summary: 'Save the description of a server without starting it, or change a saved one',
  commands: ['servers.save', 'servers.get'],
  inputs: {
    name: required('name', 'which one'),
    transport: choice('--transport <kind>', `${transports.join(', ')}; needed for a new one`, transports),
    environment: text('--venv <name>', 'the environment that the code runs in; else `default`'),
    // A description can say in so many words what a start says by saying nothing.
    port: integerOr(
      '--port <number>',
      'a fixed port; 0: any free one; usual: the usual one if free',
      0,
      65_535,
      'usual',
    ),
    ...specInputs,
  },
  more: 'What is not given stays as it was saved. A server that runs takes the change up when it starts again.',
  async run({ call }, { name, ...given }) {
    const server = await call('servers.get', { name }).catch((error: unknown) => {
      if (isAppError(error, 'NOT_FOUND')) return undefined
      throw error
    })
    const saved = await call('servers.save', changed(name, server?.spec, given))
    const isLive = saved.state !== 'stopped' && saved.state !== 'failed'
    const shown = `"${visible(saved.name)}"`
    const notes = isLive ? [`It is ${saved.state}, and takes this up when it starts again`] : []
    return { json: saved, text: `Saved ${shown}`, notes }
  },
})

type Given = { readonly [K in 'transport' | 'environment']: ServerSpec[K] | undefined } & {
  readonly port: number | 'usual' | undefined
} & Values<typeof specInputs>

/** The whole description: what was given, and what was saved for the rest. */
function changed(name: string, spec: ServerSpec | undefined, given: Given): CommandParams<'servers.save'> {
  const transport = given.transport ?? spec?.transport
  if (transport === undefined) {
    throw new AppError('INVALID_PARAMS', `There is no server "${name}" yet: which transport?`, {
      hint: `\`beep-host servers save NAME --transport ${transports.join('|')}\``,
    })
  }
  // A port belongs to the transport it was chosen for.
  const savedPort = spec?.transport === transport ? spec.port : null
  const environment = given.environment ?? spec?.environment ?? 'default'
  return {
    name,
    transport,
    environment,
    port: given.port === 'usual' ? null : (given.port ?? savedPort),
    auth: given.auth ?? spec?.auth ?? 'token',
    workers: given.workers ?? spec?.workers ?? 1,
    infrastructure: given.infrastructure ?? spec?.infrastructure ?? 'none',
    restart: given.restart ?? spec?.restart ?? 'on-failure',
    ...withLimits(spec ?? {}, limitsGiven(given)),
  }
}
