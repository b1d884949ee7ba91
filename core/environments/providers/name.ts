import { createHash } from 'node:crypto'

/** Characters of each half that are kept; with what is added the whole stays below what a name may have. */
const maxSlugChars = 40
/** Of the hash that tells texts apart whose slugs are equal: 32 bits. */
const hashChars = 8

/**
 * The environment of a provider, or of one of its models: `my-provider`, `my-provider--org-model~1a2b3c4d`. One text gives one
 * name and two texts give two: a slug never has two dashes in a row, and one that has lost something carries `~` and a hash of
 * all of it. Letter case does not count, as it does not in names.
 */
export function providerEnvironmentName(provider: string, model?: string): string {
  return model === undefined ? slug(provider) : `${slug(provider)}--${slug(model)}`
}

/** Small letters and digits, with single dashes, dots and underscores between them. */
function slug(text: string): string {
  const whole = text.normalize('NFC').toLowerCase()
  const plain = whole
    .replaceAll(/[^a-z0-9._]+/gu, '-')
    .slice(0, maxSlugChars)
    .replaceAll(/^[._-]+|[._-]+$/gu, '')
  if (plain === whole && plain !== '') return plain
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, hashChars)
  return `${plain || 'x'}~${hash}`
}
