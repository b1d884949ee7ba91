import { z } from 'zod'

/** Device names that Windows reserves in every folder, with or without an extension. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const windowsDevices = /^(con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])$/iu

/** Invisible and control characters. Two variation selectors choose between the text and the emoji look; all other ignorable characters only hide. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}[\p{Default_Ignorable_Code_Point}--[\uFE0E\uFE0F]]]/gv

/** Characters: room for the rest of the path under the 260 that some Windows programs still stop at. */
const maxNameChars = 100
/** UTF-8 bytes: a file name has 255 on Linux and macOS, and ours carry endings of up to 70 bytes (json-file.ts, sweep.ts in core/storage). */
const maxNameBytes = 180

/** Why a text cannot name an environment or a server, or undefined if it can. Spaces and accents are fine. */
export function nameProblem(name: string): string | undefined {
  if (name.length === 0) return 'it is empty'
  // Before the tests below, so that none of them works through a megabyte.
  if (name.length > maxNameChars) return `it has ${name.length} characters, at most ${maxNameChars} are possible`
  if (name !== name.normalize('NFC')) return 'it is not in Unicode normal form C'
  if (name.search(hidden) !== -1) return 'it has an invisible or control character'
  const forbidden = /[/\\:*?"<>|]/u.exec(name)
  if (forbidden) return `it has the character ${forbidden[0]}`
  if (/^[\s.-]/u.test(name)) return 'it starts with a space, a dot or a dash'
  if (/[\s.]$/u.test(name)) return 'it ends with a space or a dot'
  if (windowsDevices.test(name.split('.')[0]!.trim())) return 'Windows reserves it for a device'
  const bytes = utf8Bytes(name)
  if (bytes > maxNameBytes) return `it takes ${bytes} bytes in a file name, at most ${maxNameBytes} are possible`
  return undefined
}

/** A name that is also a folder or file name on all three platforms. */
export const nameSchema = z.string().superRefine((name, context) => {
  const problem = nameProblem(name)
  if (problem !== undefined) {
    context.addIssue({ code: 'custom', message: `${shown(name)} cannot be a name: ${problem}` })
  }
})

/** Characters of a provider, and of a model: room for any that there is, and far from any limit. */
const maxProviderChars = 64
const maxModelChars = 200

/** Who an environment is made for: an app's own word, such as `huggingface` or `my-provider`. As fit for a folder as any name. */
export const providerSchema = z.string().superRefine((provider, context) => {
  const problem =
    provider.length > maxProviderChars
      ? `it has ${provider.length} characters, at most ${maxProviderChars} are possible`
      : nameProblem(provider)
  if (problem === undefined) return
  context.addIssue({ code: 'custom', message: `${shown(provider)} cannot be a provider: ${problem}` })
})

/** A model as its makers write it: `org/model`, `model:tag`. Never a path out of somewhere. */
export const modelSchema = z.string().superRefine((model, context) => {
  const problem = modelProblem(model)
  if (problem === undefined) return
  context.addIssue({ code: 'custom', message: `${shown(model)} cannot be a model: ${problem}` })
})

function modelProblem(model: string): string | undefined {
  if (model.length > maxModelChars) return `it has ${model.length} characters, at most ${maxModelChars} are possible`
  if (model !== model.normalize('NFC')) return 'it is not in Unicode normal form C'
  if (model.search(hidden) !== -1) return 'it has an invisible or control character'
  const forbidden = /[\\*?"<>|]/u.exec(model)
  if (forbidden) return `it has the character ${forbidden[0]}`
  if (/^[\s/.-]|[\s/.]$/u.test(model)) return 'it starts or ends with a space, a dot, a dash or a slash'
  if (model.split(/[/:]/u).some((part) => /^\.*$/u.test(part))) return 'a part of it is empty, or dots alone'
  return model.length === 0 ? 'it is empty' : undefined
}

/**
 * Two names that a case-insensitive file system would put into one folder are the same name. Up and down again, since only
 * that brings together what folds to one letter (the two small sigmas, the long s).
 */
export function sameName(a: string, b: string): boolean {
  return a.toUpperCase().toLowerCase() === b.toUpperCase().toLowerCase()
}

/**
 * A requirement as a user may type it: a name, extras, a version, a marker. No options, URLs, paths or line breaks: what starts
 * with a dash would be an option of the installer, and a direct reference would run whatever it points at.
 * Source of the grammar: PEP 508, without its URL form.
 */
const requirement =
  /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?[ \t]*(?:\[[A-Za-z0-9._, \t-]+\])?[ \t]*(?:(?:===|==|~=|!=|<=|>=|<|>)[ \t]*[A-Za-z0-9.*+!_-]+(?:[ \t]*,[ \t]*(?:===|==|~=|!=|<=|>=|<|>)[ \t]*[A-Za-z0-9.*+!_-]+)*)?[ \t]*(?:;[A-Za-z0-9._ \t'"<>=!~()*+,-]+)?$/u

/** pip and uv take a text with such an ending for a file in the current folder, if there is one. Source: pip, ARCHIVE_EXTENSIONS. */
const archive = /\.(?:whl|zip|tar|tgz|tbz|txz|tlz|gz|bz2|xz|lz|lzma)(?![A-Za-z0-9._-])/iu

export const requirementSchema = z
  .string()
  .trim()
  // abort: the patterns below never see a long text, on which they would take long.
  .max(300, { abort: true, error: 'a package requirement has at most 300 characters' })
  .refine((text) => requirement.test(text) && !archive.test(text) && !/\s--/u.test(text), {
    error: (issue) => `${shown(String(issue.input))} is not a package requirement such as numpy or "pandas>=2.2"`,
  })

/** The bare name of a package. Source of the grammar: the packaging specifications, "Names and normalization". */
export const packageNameSchema = z
  .string()
  .trim()
  .max(214, { abort: true, error: 'a package name has at most 214 characters' })
  .refine((text) => /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/u.test(text) && !archive.test(text), {
    error: (issue) => `${shown(String(issue.input))} is not the name of a package`,
  })

/** As a quoted text for a message: short, and with nothing in it that a terminal would obey or hide. */
function shown(text: string): string {
  const quoted = JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}…` : text)
  return quoted.replaceAll(hidden, (found) => `\\u{${found.codePointAt(0)!.toString(16)}}`)
}

/** The contract stands on no platform, so there is neither Buffer nor TextEncoder. */
function utf8Bytes(text: string): number {
  let bytes = 0
  for (const character of text) {
    const point = character.codePointAt(0)!
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4
  }
  return bytes
}
