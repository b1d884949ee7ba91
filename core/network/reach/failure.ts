/** What is known of a certificate that was shown. */
export interface ShownCertificate {
  readonly issuer: string
  readonly validFrom: string
  readonly validTo: string
}

/** How far a connection has come. */
export type Phase = 'proxy' | 'tunnel' | 'host' | 'tls' | 'answer'

/** A connection that could not be had, with a code as the system's errors have it, and with how far it came. */
export class ReachFailure extends Error {
  override readonly name = 'ReachFailure'
  readonly code: string
  readonly phase: Phase
  /** What a proxy answered. */
  readonly status: number | undefined
  readonly certificate: ShownCertificate | undefined
  /** The proxy that was asked, without its password. */
  readonly proxy: string | undefined

  constructor(
    code: string,
    message: string,
    facts: {
      readonly phase: Phase
      readonly status?: number | undefined
      readonly certificate?: ShownCertificate | undefined
      readonly proxy?: string | undefined
    },
  ) {
    super(message)
    this.code = code
    this.phase = facts.phase
    this.status = facts.status
    this.certificate = facts.certificate
    this.proxy = facts.proxy
  }
}
