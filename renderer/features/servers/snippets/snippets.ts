import { csharpSnippet } from './csharp.ts'
import { goSnippet } from './go.ts'
import { javaSnippet } from './java.ts'
import { pythonSnippet } from './python.ts'
import { rpcSnippet } from './rpc.ts'
import { shellSnippet } from './shell.ts'
import type { PlainEndpoint, SnippetLanguage, SnippetTarget } from './target.ts'
import { typescriptSnippet } from './typescript.ts'

/** What stands for a token on a screen that others may see. */
export const tokenMask = '••••••••••••'

/** A program of a few lines that asks this very server for a sum. `platform`: the host's, as Node names it. */
export function snippet(language: SnippetLanguage, target: SnippetTarget, platform: string): string {
  const { endpoint } = target
  // The client package finds its way by the name, whatever the transport.
  if (language === 'typescript') return typescriptSnippet(target)
  return endpoint.transport === 'rpc'
    ? rpcSnippet(language, { ...target, endpoint }, platform)
    : plainSnippet(language, { ...target, endpoint }, platform)
}

function plainSnippet(
  language: Exclude<SnippetLanguage, 'typescript'>,
  target: SnippetTarget<PlainEndpoint>,
  platform: string,
): string {
  switch (language) {
    case 'python':
      return pythonSnippet(target)
    case 'csharp':
      return csharpSnippet(target)
    case 'go':
      return goSnippet(target)
    case 'java':
      return javaSnippet(target)
    case 'shell':
      return shellSnippet(target, platform)
  }
}
