/** A process that listens on a port; what the system does not tell is null (a process of another user, mostly). */
export interface PortHolder {
  readonly pid: number | null
  readonly program: string | null
}

/** Addresses whose listener keeps a server from listening on 127.0.0.1: itself, and every address at once. */
const conflicting = new Set(['127.0.0.1', '0.0.0.0', '::', '*', '::ffff:127.0.0.1', '::ffff:0.0.0.0'])

export function isConflicting(address: string): boolean {
  return conflicting.has(address)
}

/**
 * Inodes of the sockets that listen on a port, from `/proc/net/tcp` or `tcp6`: column 2 is the local address as hexadecimal
 * words in host byte order, column 4 the state (0A: LISTEN), column 10 the inode (man 5 proc_net).
 */
export function listeningInodes(table: string, port: number): string[] {
  return table
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/u))
    .filter(([, local = '', , state]) => {
      const [address = '', hexPort = ''] = local.split(':')
      return state === '0A' && Number.parseInt(hexPort, 16) === port && isConflicting(addressOf(address))
    })
    .map((columns) => columns[9] ?? '')
    .filter((inode) => inode !== '')
}

/** `0100007F` -> `127.0.0.1`. Of IPv6 only what can be in the way is told apart; the rest comes back as it is. */
function addressOf(hex: string): string {
  const words = hex.match(/.{8}/gu) ?? []
  const last = littleEndianBytes(words.at(-1) ?? '').join('.')
  if (words.length === 1) return last
  const head = words.slice(0, -1).join('')
  if (/^0+$/u.test(hex)) return '::'
  return head === '0000000000000000FFFF0000' ? `::ffff:${last}` : hex
}

function littleEndianBytes(word: string): number[] {
  return (word.match(/../gu) ?? []).map((byte) => Number.parseInt(byte, 16)).reverse()
}

/** The inode of a socket, from what `/proc/<pid>/fd/<n>` points at: `socket:[12345]`. */
export function socketInode(link: string): string | undefined {
  return /^socket:\[(\d+)\]$/u.exec(link)?.[1]
}

/** `lsof -nP -iTCP:<port> -sTCP:LISTEN -Fpcn`: one field a line; p begins a process, c is its program, n a socket's name. */
export function parseLsof(text: string, port: number): PortHolder[] {
  const holders = new Map<number, PortHolder>()
  let pid = 0
  let program: string | null = null
  for (const line of text.split('\n')) {
    const value = line.slice(1)
    if (line.startsWith('p')) {
      pid = Number(value)
      program = null
    } else if (line.startsWith('c')) program = value
    else if (line.startsWith('n') && value.endsWith(`:${port}`)) {
      const address = value.slice(0, -`:${port}`.length).replace(/^\[(.*)\]$/u, '$1')
      if (isConflicting(address)) holders.set(pid, { pid, program })
    }
  }
  return [...holders.values()]
}

/** The JSON of windowsPortQuery: rows of `{LocalAddress, OwningProcess, ProcessName}`, one object where there is one row. */
export function parseWindowsHolders(text: string): PortHolder[] {
  if (text.trim() === '') return []
  const data: unknown = JSON.parse(text)
  const rows = (Array.isArray(data) ? data : [data]) as readonly {
    LocalAddress?: string
    OwningProcess?: number
    ProcessName?: string | null
  }[]
  const holders = new Map<number | undefined, PortHolder>()
  for (const { LocalAddress: address = '', OwningProcess: pid, ProcessName: program } of rows) {
    if (isConflicting(address)) holders.set(pid, { pid: pid ?? null, program: program ?? null })
  }
  return [...holders.values()]
}

/** PowerShell, since the words of netstat are translated. */
export function windowsPortQuery(port: number): string {
  return [
    `Get-NetTCPConnection -State Listen -LocalPort ${port} -ErrorAction SilentlyContinue`,
    'Select-Object LocalAddress,OwningProcess,@{n="ProcessName";e={(Get-Process -Id $_.OwningProcess -ErrorAction SilentlyContinue).ProcessName}}',
    'ConvertTo-Json -Compress',
  ].join(' | ')
}
