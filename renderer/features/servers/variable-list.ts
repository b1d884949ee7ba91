import type { ServerVariable } from '../../../contract/index.ts'
import { t } from '../../text/index.ts'

export function originText({ from }: ServerVariable): string {
  return t(`servers.variables.origins.${from}`)
}

/** Those whose name, value or origin holds every word that was typed. */
export function variablesFitting(variables: readonly ServerVariable[], text: string): readonly ServerVariable[] {
  const words = text.toLowerCase().split(/\s+/u).filter(Boolean)
  return variables.filter((variable) => {
    const spoken = `${variable.name}=${variable.value} ${originText(variable)}`.toLowerCase()
    return words.every((word) => spoken.includes(word))
  })
}

/** A line each, as `env` prints them. */
export function variableLines(variables: readonly ServerVariable[]): string {
  return variables.map(({ name, value }) => `${name}=${value}`).join('\n')
}
