import { connectControl } from '../client/src/control.ts'
import type { ControlClient } from '../client/src/control.ts'

interface Asked {
  readonly 'host.browserAddress': { readonly params: object; readonly result: { readonly url: string } }
  readonly 'host.stop': { readonly params: object; readonly result: { readonly pid: number } }
}

/** The address of the browser window of the host that runs already. @throws when it cannot be asked. */
export async function browserAddressOfOther(home: string): Promise<string> {
  const { url } = await asking(home, (client) => client.call('host.browserAddress', {}))
  // Whatever the other program says: only a page on this machine is opened.
  if (!/^http:\/\/127\.0\.0\.1:\d+\//u.test(url)) throw new Error(`It names no address on this machine: ${url}`)
  return url
}

/** Asks the host that runs already to end. @throws when it cannot be asked. */
export async function stopOther(home: string): Promise<void> {
  await asking(home, (client) => client.call('host.stop', {}))
}

async function asking<T>(home: string, ask: (client: ControlClient<Asked>) => Promise<T>): Promise<T> {
  const client = await connectControl<Asked>(home)
  if (client === undefined) throw new Error('It has gone, or does not listen')
  try {
    return await ask(client)
  } finally {
    await client.close()
  }
}
