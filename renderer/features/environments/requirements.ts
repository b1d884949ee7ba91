import { requirementSchema } from '../../../contract/index.ts'

export function isRequirement(text: string): boolean {
  return requirementSchema.safeParse(text).success
}

/** The first text that is no requirement, or undefined. */
export function badRequirement(requirements: readonly string[]): string | undefined {
  return requirements.find((text) => !isRequirement(text))
}

/**
 * What was typed or pasted, as one text a requirement: `numpy pandas`, `numpy, pandas>=2,<3`, the lines of a file, a whole
 * `pip install …`. What cannot be taken apart stays whole, so that the user sees what is meant.
 */
export function splitRequirements(text: string): string[] {
  return text.split(/\r?\n/u).flatMap(splitLine)
}

function splitLine(line: string): string[] {
  const bare = line
    .replace(/(?:^|\s)#.*$/u, '')
    .trim()
    .replace(/^(?:python3? -m )?(?:uv )?pip3? install\s+/u, '')
  if (bare === '') return []
  const whole = unquoted(bare)
  if (isRequirement(whole)) return [whole]
  // A comma between two bounds of one version joins, any other one separates: so spaces are tried first.
  for (const separator of [/\s+/u, /[\s,]+/u]) {
    const parts = bare
      .split(separator)
      .map((part) => unquoted(part.replaceAll(/^,+|,+$/gu, '')))
      .filter((part) => part !== '')
    if (parts.length > 1 && parts.every(isRequirement)) return parts
  }
  return [whole]
}

function unquoted(text: string): string {
  return text.replace(/^(["'])(.*)\1$/u, '$2').trim()
}

/** Both lists as one, without what is there twice. */
export function union(...lists: readonly (readonly string[])[]): string[] {
  const known = new Map(lists.flat().map((text) => [text.toLowerCase().replaceAll(/\s/gu, ''), text]))
  return [...known.values()]
}

/** What a requirements file says, as far as a preview can be made of it. */
export interface RequirementsFile {
  readonly requirements: readonly string[]
  /** Lines that are more than that: options, addresses, hashes. The host decides about them. */
  readonly others: readonly string[]
}

export function readRequirementsFile(text: string): RequirementsFile {
  const lines = text
    .replaceAll(/\\\r?\n/gu, ' ')
    .split(/\r?\n/u)
    .map((line) => line.replace(/(?:^|\s)#.*$/u, '').trim())
    .filter((line) => line !== '')
  return {
    requirements: lines.filter(isRequirement),
    others: lines.filter((line) => !isRequirement(line)),
  }
}
