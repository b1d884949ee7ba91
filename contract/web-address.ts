import { z } from 'zod'

/** The parts of an http: or https: address, as written. Whoever signs in stands before the last @. */
const shape =
  /^(?<scheme>[a-z][a-z\d+.-]*):\/\/(?:(?<user>[^/?#\s]*)@)?(?<host>\[[\da-f:.]+\]|[^/?#:@\s[\]]*)(?::(?<port>\d*))?(?<rest>[/?#]\S*)?$/iu

interface Parts {
  readonly scheme: string
  readonly host: string
  readonly port: string | undefined
  readonly rest: string | undefined
}

function partsOf(text: string): Parts | undefined {
  const groups = shape.exec(text)?.groups
  return (
    groups && {
      scheme: groups['scheme']!.toLowerCase(),
      host: groups['host']!,
      port: groups['port'],
      rest: groups['rest'],
    }
  )
}

/** True for this machine's own addresses, IPv6 in brackets as addresses have it. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/iu.test(host)
}

/** An address without the name and the password in it: what may be shown, kept and logged. */
export function withoutCredentials(text: string): string {
  return text.replace(/^([a-z][a-z\d+.-]*:\/\/)[^/?#\s]*@/iu, '$1')
}

/** What stands before the @ of an address; undefined where there is no @. */
export function credentialsIn(text: string): string | undefined {
  return shape.exec(text)?.groups?.['user']
}

/** An address with a name and a password put into it. */
export function withCredentials(text: string, credentials: string | undefined): string {
  return credentials ? withoutCredentials(text).replace('://', () => `://${credentials}@`) : text
}

/** Any text with whatever signs somebody in blotted out of the addresses in it. */
export function blotCredentials(text: string): string {
  return text.replaceAll(/(\w:\/\/)[^/\s"<>]+@/gu, '$1****@')
}

/** Why a text cannot be the address of a proxy, or undefined if it can. */
export function proxyProblem(text: string): string | undefined {
  const parts = partsOf(text)
  if (parts === undefined || parts.host === '') return 'give the whole address, such as http://proxy.example:8080'
  if (parts.scheme.startsWith('socks'))
    return 'SOCKS proxies cannot be used; most of them have an HTTP proxy beside them, whose address is needed'
  if (!/^https?$/u.test(parts.scheme)) return 'it begins with http:// or https://'
  if (!isPort(parts.port)) return 'a port is a number from 1 to 65535'
  if (parts.rest !== undefined && parts.rest !== '/') return 'a proxy has no path: it ends with the port'
  return undefined
}

/** Why a text cannot be the address of a package index, or undefined if it can. */
export function indexProblem(text: string): string | undefined {
  const parts = partsOf(text)
  if (parts?.scheme === 'file') return undefined
  if (parts === undefined || parts.host === '')
    return 'give the whole address, such as https://packages.example/simple/'
  if (parts.scheme === 'http' && !isLoopback(parts.host))
    return 'http: is unprotected, and is taken from this machine only; use its https: address'
  if (!/^https?$/u.test(parts.scheme)) return 'it begins with https:// or file://'
  if (!isPort(parts.port)) return 'a port is a number from 1 to 65535'
  return undefined
}

/** Why a text cannot be in a list of what goes without a proxy, or undefined if it can. */
export function noProxyProblem(text: string): string | undefined {
  if (text === '*' || text === '<local>') return undefined
  const [, network, bits] = /^([\d.]+|[\da-f:.]+)\/(\d{1,3})$/iu.exec(text) ?? []
  if (network !== undefined)
    return Number(bits) <= (network.includes(':') ? 128 : 32)
      ? undefined
      : 'a network ends with /0 to /32, with IPv6 /128'
  if (/^(?:\*?\.)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.?(?::\d{1,5})?$/u.test(text)) return undefined
  if (/^(?:\d{1,3}\.){1,3}\*$/u.test(text)) return undefined
  if (/^(?:\[[\da-f:.]+\](?::\d{1,5})?|[\da-f]*:[\da-f:.]+)$/iu.test(text)) return undefined
  return 'give a name (packages.example), a domain (.example), an address, or a network (10.0.0.0/8); a port may follow a name'
}

function isPort(port: string | undefined): boolean {
  return port === undefined || port === '' || (Number(port) > 0 && Number(port) <= 65_535)
}

function checked(problemOf: (text: string) => string | undefined, what: string) {
  return z.string().superRefine((text, context) => {
    const problem = problemOf(text)
    // The text itself stays out of the message: it may hold a password.
    if (problem !== undefined) context.addIssue({ code: 'custom', message: `${what}: ${problem}` })
  })
}

export const proxyAddressSchema = checked(proxyProblem, 'this cannot be a proxy')
export const indexAddressSchema = checked(indexProblem, 'this cannot be a package index')
export const noProxyEntrySchema = checked(noProxyProblem, 'this cannot go without a proxy')
