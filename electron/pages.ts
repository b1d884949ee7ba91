import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { protocol } from 'electron'
import { pageScheme } from './names.ts'
import { pageFile, pageHeaders } from './policy/page-files.ts'

/** Tells Chromium that ours is a scheme like https: with origins, secure contexts, module scripts. Before the app is ready. */
export function declarePageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges }])
}

/** Serves the built page, and nothing else of the disk. Refusals go to the log. */
export function servePages(folder: string, log: (text: string) => void): void {
  protocol.handle(pageScheme, async (request) => {
    const found = pageFile(request.method, request.url)
    if ('status' in found) {
      log(`window: refused a file: ${found.why}`)
      return answer(found.status, 'text/plain', `${found.why}\n`)
    }
    try {
      return answer(200, found.type, await readFile(path.join(folder, found.file)))
    } catch (error) {
      log(`window: ${found.file} cannot be served: ${(error as Error).message}`)
      return answer(404, 'text/plain', 'There is no such page.\n')
    }
  })
}

function answer(status: number, type: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...pageHeaders, 'content-type': type } })
}
