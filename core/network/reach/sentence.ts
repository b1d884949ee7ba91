import type { NetworkCause } from '../../../contract/index.ts'
import type { ShownCertificate } from './failure.ts'

/** What a sentence is about. */
export interface About {
  /** `name:port` or a name; absent where an installer's words do not tell it. */
  readonly host?: string | undefined
  /** Without its password. */
  readonly proxy?: string | undefined
  readonly status?: number | undefined
  readonly certificate?: ShownCertificate | undefined
  readonly now?: Date
}

export interface Sentence {
  /** What happened, to whom. */
  readonly message: string
  /** What to do. */
  readonly hint: string
}

const setProxy =
  'name the proxy: `beep-host config set proxyUrl http://HOST:PORT`, then `beep-host config set proxy manual`'
const look = '`beep-host network test` tells how each host is reached.'

/** One wording for downloads, installers and `network test`. */
export function sentenceOf(cause: NetworkCause, about: About): Sentence {
  const host = about.host ?? 'the package index'
  const Host = about.host ?? 'The package index'
  const proxy = about.proxy === undefined ? 'the proxy' : `the proxy ${about.proxy}`
  const Proxy = proxy.replace('the', 'The')
  const { certificate, status } = about
  const issuer = certificate ? `“${certificate.issuer}”` : 'an authority'
  const today = (about.now ?? new Date()).toISOString().slice(0, 10)
  switch (cause) {
    case 'offline':
      return {
        message: `${Host} was not asked, since the settings say offline`,
        hint: 'Go online: `beep-host config set offline false`.',
      }
    case 'dns':
      return {
        message: `The name of ${host} could not be found`,
        hint: `Check the address and the network. Where a proxy is the only way out, ${setProxy}.`,
      }
    case 'refused':
      return {
        message: `${Host} refused the connection`,
        hint: `Nothing listens there, or a firewall is in the way. Check the address; where a proxy is the only way out, ${setProxy}.`,
      }
    case 'unreachable':
      return {
        message: `There is no way to ${host} from this network`,
        hint: `Check the network. Where a proxy is the only way out, ${setProxy}.`,
      }
    case 'timeout':
      return {
        message: `${Host} did not answer in time`,
        hint: `A firewall may swallow what is sent there. Check the network; where a proxy is the only way out, ${setProxy}.`,
      }
    case 'broken':
      return {
        message: `The connection to ${host} was broken off`,
        hint: `Try again. If it stays so, something on the network cuts it: ${look}`,
      }
    case 'proxy-unreachable':
      return {
        message: `${Proxy} could not be reached`,
        hint: 'Check its address (`beep-host network show` tells where it comes from), or go without: `beep-host config set proxy off`.',
      }
    case 'proxy-password':
      return {
        message: `${Proxy} wants a name and a password`,
        hint: 'Put them into its address: `beep-host config set proxyUrl -` reads http://NAME:PASSWORD@HOST:PORT without showing it; then `beep-host config set proxy manual`.',
      }
    case 'proxy-refused':
      return {
        message: `${Proxy} did not connect to ${host}${status ? ` (it answered ${status})` : ''}`,
        hint: 'Ask who runs the proxy to let it through. A host that can be reached directly belongs into noProxy.',
      }
    case 'certificate-unknown':
      return {
        message: `The certificate of ${host} is signed by ${issuer}${certificate ? ', which' : ' that'} this machine does not trust`,
        hint: 'Your network may replace certificates. Add the file of your company’s authority: `beep-host config set extraCa FILE.pem`, or add it to the system.',
      }
    case 'certificate-expired':
      return {
        message: `The certificate of ${host} has expired${certificate ? ` (${certificate.validTo.slice(0, 10)}; today is ${today} by this machine’s clock)` : ''}`,
        hint: 'If the clock is right, who runs that host must renew it. Else set the clock.',
      }
    case 'certificate-early':
      return {
        message: `The certificate of ${host} is not valid yet${certificate ? ` (from ${certificate.validFrom.slice(0, 10)}; today is ${today} by this machine’s clock)` : ''}`,
        hint: 'Most likely the clock of this machine is wrong: set it.',
      }
    case 'certificate-name':
      return {
        message: `The certificate of ${host} is that of another host`,
        hint: 'Something on the network answered in its place, or the address is wrong. Check the address.',
      }
    case 'certificate':
      return {
        message: `The certificate of ${host} does not hold`,
        hint: 'Who runs that host, or the proxy before it, must put it right.',
      }
    case 'tls':
      return {
        message: `${Host} does not speak TLS as it should`,
        hint: 'Check the port and whether the address begins with https:. A proxy that tampers with connections does this, too.',
      }
    case 'credentials':
      return {
        message: `${Host} refused access${status ? ` (HTTP ${status})` : ''}`,
        hint: 'Check the name and the password in its address: `beep-host config set packageIndex -` reads https://NAME:PASSWORD@HOST/… without showing it; or put them right where pip or uv have them.',
      }
    case 'absent':
      return {
        message: `${Host} has nothing at this address${status ? ` (HTTP ${status})` : ''}`,
        hint: 'Check the path of the address.',
      }
    case 'server':
      return {
        message: `${Host} is in trouble${status ? ` (HTTP ${status})` : ''}`,
        hint: 'Try again later.',
      }
    case 'other':
      return { message: `${Host} could not be reached`, hint: `Check the network. ${look}` }
  }
}
