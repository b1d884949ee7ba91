import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'

export interface Certificate {
  readonly pem: string
  readonly keyPem: string
  readonly name: string
  readonly key: KeyObject
  readonly keyId: Buffer
}

export interface CertificateOptions {
  readonly name: string
  /** Absent: it signs itself, and may sign others. */
  readonly issuer?: Certificate
  readonly hosts?: readonly string[]
  readonly validFrom?: Date
  readonly validTo?: Date
}

const dayMs = 86_400_000

/** A certificate (RFC 5280) of an elliptic curve key, as an authority of a company or a server of it would have it. */
export function makeCertificate(options: CertificateOptions): Certificate {
  const { name, issuer, hosts = [], validFrom = new Date(Date.now() - dayMs) } = options
  const validTo = options.validTo ?? new Date(Date.now() + 30 * dayMs)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const keyId = createHash('sha1').update(spki).digest()
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'))
  const isAuthority = issuer === undefined
  const extensions = [
    extension('2.5.29.19', sequence(isAuthority ? boolean(true) : Buffer.alloc(0)), true),
    // keyCertSign and cRLSign, or digitalSignature.
    extension('2.5.29.15', tlv(0x03, Buffer.from(isAuthority ? [1, 0x06] : [7, 0x80])), true),
    extension('2.5.29.14', tlv(0x04, keyId)),
    extension('2.5.29.35', sequence(tlv(0x80, issuer?.keyId ?? keyId))),
    ...(isAuthority ? [] : [extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1')))]),
    ...(hosts.length === 0
      ? []
      : [extension('2.5.29.17', sequence(...hosts.map((host) => tlv(0x82, Buffer.from(host)))))]),
  ]
  const serial = randomBytes(12)
  serial[0] = 1
  const toSign = sequence(
    tlv(0xa0, integer(2)),
    tlv(0x02, serial),
    algorithm,
    distinguishedName(issuer?.name ?? name),
    sequence(time(validFrom), time(validTo)),
    distinguishedName(name),
    spki,
    tlv(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', toSign, issuer?.key ?? privateKey)
  const der = sequence(toSign, algorithm, tlv(0x03, Buffer.concat([Buffer.of(0), signature])))
  const body = der.toString('base64').replaceAll(/.{64}(?=.)/gu, '$&\n')
  return {
    pem: `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    name,
    key: privateKey,
    keyId,
  }
}

/** Tag, length, value: all that DER consists of. */
function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), value])
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts))
}

function integer(value: number): Buffer {
  return tlv(0x02, Buffer.of(value))
}

function boolean(value: boolean): Buffer {
  return tlv(0x01, Buffer.of(value ? 0xff : 0))
}

function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const bytes = rest.flatMap((number) => {
    const groups = [number & 0x7f]
    for (let left = number >>> 7; left > 0; left >>>= 7) groups.unshift((left & 0x7f) | 0x80)
    return groups
  })
  return tlv(0x06, Buffer.from([first * 40 + second, ...bytes]))
}

function distinguishedName(name: string): Buffer {
  return sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(name)))))
}

function time(date: Date): Buffer {
  // UTCTime: two digits of the year, which hold until 2049.
  const text = date.toISOString().replaceAll(/[-:T]/gu, '').slice(2, 14)
  return tlv(0x17, Buffer.from(`${text}Z`))
}

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  return sequence(oid(id), ...(isCritical ? [boolean(true)] : []), tlv(0x04, value))
}
