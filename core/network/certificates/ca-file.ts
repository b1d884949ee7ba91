import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { AppError } from '../../../contract/index.ts'
import type { CaFile } from '../../../contract/index.ts'
import { hasErrno } from '../../storage/index.ts'

/** What a file with certificates holds. */
export interface ReadCaFile {
  readonly facts: CaFile
  /** Each certificate by itself, normalized. */
  readonly pem: readonly string[]
}

const block = /-----BEGIN ((?:TRUSTED |X509 )?CERTIFICATE)-----[\s\S]+?-----END \1-----/gu

/** Reads one file; what is wrong with it is told, not thrown. */
export async function readCaFile(path: string, now = Date.now()): Promise<ReadCaFile> {
  const unusable = (problem: string): ReadCaFile => ({ facts: { path, certificates: [], problem }, pem: [] })
  let text: string
  try {
    text = await readFile(path, 'latin1')
  } catch (error) {
    if (hasErrno(error, 'ENOENT', 'ENOTDIR')) return unusable('There is no such file')
    return unusable(`It cannot be read: ${(error as NodeJS.ErrnoException).code ?? String(error)}`)
  }
  const blocks = [...text.matchAll(block)].map(([found]) => found)
  if (blocks.length === 0) return unusable(whatElse(text))
  try {
    const certificates = blocks.map((pem) => new X509Certificate(pem))
    return {
      facts: {
        path,
        certificates: certificates.map((one) => ({
          subject: shownName(one.subject),
          validFrom: one.validFromDate.toISOString(),
          validTo: one.validToDate.toISOString(),
          isExpired: one.validToDate.getTime() < now,
        })),
      },
      pem: certificates.map((one) => one.toString().trim()),
    }
  } catch {
    return unusable('It has a damaged certificate')
  }
}

function whatElse(text: string): string {
  // 0x30 0x82: how DER begins.
  if (text.startsWith('0\x82'))
    return 'It is a certificate in DER form; PEM is needed: `openssl x509 -inform der -in FILE -out FILE.pem`'
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/u.test(text)) return 'It holds a private key, and no certificate'
  return 'It holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)'
}

/** `O=Company\nCN=Company Root` → `Company Root (Company)`. */
export function shownName(name: string): string {
  const part = (key: string) => new RegExp(`^${key}=(.*)$`, 'mu').exec(name)?.[1]
  const [common, organization] = [part('CN'), part('O')]
  if (common && organization && common !== organization) return `${common} (${organization})`
  return common ?? organization ?? (name.replaceAll('\n', ', ') || 'without a name')
}

/** @throws INVALID_PARAMS naming the file and what is wrong with it */
export async function requireCaFiles(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const { facts } = await readCaFile(path)
    if (facts.problem === undefined) continue
    throw new AppError('INVALID_PARAMS', `${path} cannot be used for certificates. ${facts.problem}`, {
      hint: 'Give the full path of a PEM file with the certificate of the authority, as your company hands it out.',
      details: { path },
    })
  }
}
