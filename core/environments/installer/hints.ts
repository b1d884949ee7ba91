import { sentenceOf } from '../../network/index.ts'
import type { NetworkCause } from '../../../contract/index.ts'

/** What an installer's output says about why it failed, and what to do next. */
export interface Hint {
  readonly cause: HintCause
  readonly hint: string
  /** What happened, where that is plainer than what the installer says. */
  readonly message?: string
}

export type HintCause =
  | 'disk-full'
  | 'certificate'
  | 'proxy'
  | 'credentials'
  | 'unreachable'
  | 'hash'
  | 'no-compiler'
  | 'build'
  | 'python-version'
  | 'conflict'
  | 'no-match'
  | 'held'

/** What to do is told by core/network, in the words that downloads and `network test` have, too. */
const ofTheNetwork = ''

/**
 * In this order, for one failure drags others behind it: pip that cannot reach its index ends with "No matching
 * distribution found". The texts are those of pip 20 to 26 and uv 0.4 to 0.13.
 */
const rules: readonly (readonly [HintCause, RegExp, string])[] = [
  [
    'disk-full',
    /no space left on device|errno 28\b|os error 28\b|os error 112\b|not enough space on the disk|disk quota exceeded/iu,
    'The disk is full. Free some space, or choose a data root on another disk with --home or BEEP_HOME.',
  ],
  [
    'certificate',
    /CERTIFICATE_VERIFY_FAILED|SSLCertVerificationError|confirming the ssl certificate|invalid peer certificate|UnknownIssuer|self.signed certificate/iu,
    ofTheNetwork,
  ],
  ['proxy', /ProxyError|Tunnel connection failed|407 Proxy Authentication|proxy connect|tunnel error/iu, ofTheNetwork],
  [
    'credentials',
    /\b40[13] (Client )?Error|HTTP status client error \(40[13]|40[13] (Unauthorized|Forbidden)/iu,
    ofTheNetwork,
  ],
  [
    'hash',
    /DO NOT MATCH THE HASHES|hash mismatch|Hash of the package .* doesn't match/iu,
    'A downloaded file is not the one that was expected, so nothing of it was installed. Try again; if it stays so, the mirror is at fault.',
  ],
  [
    'unreachable',
    /NewConnectionError|ConnectTimeoutError|ReadTimeoutError|Read timed out|operation timed out|Failed to establish a new connection|Name or service not known|name resolution|getaddrinfo failed|dns error|Connection refused|Connection reset|error sending request|Network is unreachable|client error \(Connect\)|HTTP status server error|\b50[0234] Server Error|too many 5\d\d error responses/iu,
    ofTheNetwork,
  ],
  [
    'held',
    /WinError (5|32)\b|os error (5|32)\b|Access is denied|being used by another process/iu,
    'A program is using the environment’s files. Stop the servers that run on it, and try again.',
  ],
  [
    'no-compiler',
    /Microsoft Visual C\+\+ .* is required|unable to execute '[^']*(cc|clang|gcc|g\+\+)'|command '[^']*(cc|clang|gcc|g\+\+)' failed: No such file|(gcc|cc|clang|g\+\+|cl\.exe|rustc|cargo|cmake|ninja)['"]?:? (command )?not found|No such file or directory: '(gcc|cc|clang|g\+\+|cmake|rustc|cargo)'|Unknown compiler\(s\)|can't find Rust compiler|No CMAKE_C(XX)?_COMPILER could be found/iu,
    'This package must be compiled, and no compiler was found. Install build tools, or ask for a version (or use a Python) that has a ready-made wheel.',
  ],
  [
    'python-version',
    /Requires-Python|requires a different Python|requires Python\s*[<>=!~]|does not satisfy Python/iu,
    'It needs another version of Python. Make an environment on a runtime that fits (`beep-host init --version`), or ask for another version of the package.',
  ],
  [
    'build',
    /Failed to build|Failed building wheel|metadata-generation-failed|subprocess-exited-with-error|build backend (returned an error|failed)/iu,
    'This package has no ready-made wheel for this Python, and building it failed. Ask for another version, or use a Python that has a wheel.',
  ],
  [
    'no-match',
    /\(from versions: none\)/iu,
    'No such package for this Python, or the package index gave no answer. Check the spelling, and the index or mirror in your pip configuration.',
  ],
  [
    'conflict',
    /ResolutionImpossible|conflicting dependencies|you require ([A-Za-z\d._-]+?)[<>=!~]\S*(?: and| And because you require) \1[<>=!~]|(?<!registry and .{0,200})depends? on .*unsatisfiable/iu,
    'These requirements contradict each other. Loosen a version, or use two environments.',
  ],
  [
    'no-match',
    /No matching distribution found|Could not find a version that satisfies|was not found in the|No solution found/iu,
    'No such package, or no version of it that fits this Python. Check the spelling and the version.',
  ],
]

/** What of a certificate, a proxy or a way is wrong, told apart by the words of both tools; the first that fits. */
const networkCauses: readonly (readonly [HintCause, RegExp, NetworkCause])[] = [
  [
    'certificate',
    /certificate has expired|certificate expired|CertExpired|invalid peer certificate: Expired/iu,
    'certificate-expired',
  ],
  ['certificate', /not yet valid|NotValidYet/iu, 'certificate-early'],
  [
    'certificate',
    /Hostname mismatch|doesn't match|not valid for (name|any names)|NotValidForName/iu,
    'certificate-name',
  ],
  ['certificate', /./u, 'certificate-unknown'],
  ['proxy', /\b407\b|proxy auth/iu, 'proxy-password'],
  [
    'proxy',
    /Cannot connect to proxy[\s\S]*?(NewConnectionError|ConnectTimeout|refused|resol|timed out)/iu,
    'proxy-unreachable',
  ],
  ['proxy', /./u, 'proxy-refused'],
  ['credentials', /./u, 'credentials'],
  [
    'unreachable',
    /Name or service not known|name resolution|nodename nor servname|getaddrinfo failed|dns error|NameResolutionError/iu,
    'dns',
  ],
  ['unreachable', /Connection refused|actively refused/iu, 'refused'],
  ['unreachable', /timed out|ConnectTimeoutError|ReadTimeoutError/iu, 'timeout'],
  ['unreachable', /Connection reset/iu, 'broken'],
  ['unreachable', /Network is unreachable|No route to host/iu, 'unreachable'],
  ['unreachable', /\b50[0234]\b|5\d\d error responses|HTTP status server error/iu, 'server'],
  ['unreachable', /./u, 'other'],
]

/** The host that an installer's words are about, where they name it. */
export function hostIn(text: string): string | undefined {
  const pool = /HTTPS?ConnectionPool\(host='([^']+)', port=(\d+)\)/u.exec(text)
  if (pool) return `${pool[1]}:${pool[2]}`
  const url = /https?:\/\/(?:[^/\s@]*@)?([^/\s'")]+)/u.exec(text)
  return url?.[1]
}

/** The first rule that knows the output. uv folds its explanations over several lines, so line ends count as spaces. */
export function hintFor(lines: readonly string[]): Hint | undefined {
  const text = lines.join(' ').replaceAll(/\s+/gu, ' ')
  const rule = rules.find(([, pattern]) => pattern.test(text))
  if (rule === undefined) return undefined
  const [cause, , hint] = rule
  const network = networkCauses.find(([group, pattern]) => group === cause && pattern.test(text))?.[2]
  return network === undefined ? { cause, hint } : { cause, ...sentenceOf(network, { host: hostIn(text) }) }
}
