import { z } from 'zod'

/** Device names that Windows reserves in every folder, with or without an extension. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const windowsDevices = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/iu

/** Why a text cannot name an environment or a server, or undefined if it can. Spaces and accents are fine. */
export function nameProblem(name: string): string | undefined {
  if (name.length === 0) return 'it is empty'
  if (name !== name.normalize('NFC')) return 'it is not in Unicode normal form C'
  // 100: room for the rest of the path under the 260 characters that some Windows programs still stop at.
  if (name.length > 100) return `it has ${name.length} characters, at most 100 are possible`
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return 'it has an invisible or control character'
  const forbidden = /[/\\:*?"<>|]/u.exec(name)
  if (forbidden) return `it has the character ${forbidden[0]}`
  if (/^[\s.-]/u.test(name)) return 'it starts with a space, a dot or a dash'
  if (/[\s.]$/u.test(name)) return 'it ends with a space or a dot'
  if (windowsDevices.test(name.split('.')[0]!.trim())) return 'Windows reserves it for a device'
  return undefined
}

/** A name that is also a folder or file name on all three platforms. */
export const nameSchema = z.string().superRefine((name, context) => {
  const problem = nameProblem(name)
  if (problem !== undefined) {
    const shown = name.length > 60 ? `${name.slice(0, 57)}…` : name
    context.addIssue({ code: 'custom', message: `${JSON.stringify(shown)} cannot be a name: ${problem}` })
  }
})

/** Two names that a case-insensitive file system would put into one folder are the same name. */
export function sameName(a: string, b: string): boolean {
  return a.toLocaleLowerCase('en') === b.toLocaleLowerCase('en')
}

/**
 * A requirement as a user may type it: a name, extras, a version. No options, URLs, paths or line breaks: what starts with a dash
 * would be an option of the installer, and a direct reference would run whatever it points at.
 * Source of the grammar: PEP 508, without its URL form.
 */
const requirement =
  /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\s*(?:\[[A-Za-z0-9._,\s-]+\])?\s*(?:(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+(?:\s*,\s*(?:===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9.*+!_-]+)*)?\s*(?:;[^\n\r@]+)?$/u

export const requirementSchema = z
  .string()
  .trim()
  .max(300)
  .refine((text) => requirement.test(text), {
    error: (issue) => `${JSON.stringify(issue.input)} is not a package requirement such as numpy or "pandas>=2.2"`,
  })
