import type { NetworkCause } from '../../../contract/index.ts'
import type { ReachFailure } from './failure.ts'

type Facts = Pick<ReachFailure, 'code'> & Partial<Pick<ReachFailure, 'phase' | 'status' | 'certificate'>>

const byCode: readonly (readonly [RegExp, NetworkCause])[] = [
  [/^CERT_HAS_EXPIRED$/u, 'certificate-expired'],
  [/^CERT_NOT_YET_VALID$/u, 'certificate-early'],
  [/ALTNAME|HOSTNAME_MISMATCH/u, 'certificate-name'],
  [/^(UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_UNTRUSTED$|CERT_INVALID$)/u, 'certificate-unknown'],
  [/^CERT_|INVALID_CA|PATH_LENGTH_EXCEEDED|INVALID_PURPOSE/u, 'certificate'],
  [/^(EPROTO|ERR_SSL_|ERR_TLS_)/u, 'tls'],
  [/^(ENOTFOUND|EAI_)/u, 'dns'],
  [/^ECONNREFUSED$/u, 'refused'],
  [/^(EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EACCES|EPERM)$/u, 'unreachable'],
  [/^(ETIMEDOUT|ESTALLED|ERR_SOCKET_CONNECTION_TIMEOUT)$/u, 'timeout'],
  [/^(ECONNRESET|EPIPE|ECONNABORTED|HPE_)/u, 'broken'],
  [/^ERR_PROXY_|^ERR_MANDATORY_PROXY/u, 'proxy-refused'],
]

/** Why a connection failed, from its code and from how far it came. */
export function causeOf({ code, phase, status }: Facts): NetworkCause {
  if (status === 407) return 'proxy-password'
  const cause = byCode.find(([pattern]) => pattern.test(code))?.[1] ?? 'other'
  if (phase === 'proxy' && ['dns', 'refused', 'unreachable', 'timeout', 'broken', 'other'].includes(cause))
    return 'proxy-unreachable'
  if (phase === 'tunnel' && ['timeout', 'broken', 'other'].includes(cause)) return 'proxy-refused'
  return cause
}

/** Why an answer is none; undefined for one that is good enough to know that the host is there. */
export function causeOfStatus(status: number): NetworkCause | undefined {
  if (status === 407) return 'proxy-password'
  if (status === 401 || status === 403) return 'credentials'
  if (status === 404 || status === 410) return 'absent'
  return status >= 500 ? 'server' : undefined
}
