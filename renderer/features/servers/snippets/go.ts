import { code, evalLine, helloLine, isWindowsPipe, literal, sample } from './target.ts'
import type { PlainEndpoint, SnippetTarget } from './target.ts'

/** The standard library alone; tabs, as gofmt has it. */
export function goSnippet({ endpoint, token }: SnippetTarget<PlainEndpoint>): string {
  return endpoint.transport === 'http' ? overHttp(endpoint.url, token) : overPipe(endpoint.path, token)
}

const orPanic = ['\tif err != nil {', '\t\tpanic(err)', '\t}']

function overHttp(url: string, token: string | undefined): string {
  return code(
    'package main',
    '',
    'import (',
    '\t"fmt"',
    '\t"io"',
    '\t"net/http"',
    '\t"strings"',
    ')',
    '',
    'func main() {',
    `\tbody := strings.NewReader(${literal(JSON.stringify(sample))})`,
    `\trequest, err := http.NewRequest("POST", ${literal(`${url}/eval`)}, body)`,
    ...orPanic,
    '\trequest.Header.Set("Content-Type", "application/json")',
    token === undefined ? undefined : `\trequest.Header.Set("Authorization", "Bearer "+${literal(token)})`,
    '\treply, err := http.DefaultClient.Do(request)',
    ...orPanic,
    '\tdefer reply.Body.Close()',
    '\tanswer, err := io.ReadAll(reply.Body)',
    ...orPanic,
    '\tfmt.Println(reply.Status, string(answer))',
    '}',
  )
}

function overPipe(path: string, token: string | undefined): string {
  const isWindows = isWindowsPipe(path)
  const hello = helloLine(token)
  return code(
    'package main',
    '',
    'import (',
    '\t"bufio"',
    '\t"fmt"',
    isWindows ? '\t"os"' : '\t"net"',
    ')',
    '',
    'func main() {',
    isWindows
      ? `\tpipe, err := os.OpenFile(${literal(path)}, os.O_RDWR, 0)`
      : `\tpipe, err := net.Dial("unix", ${literal(path)})`,
    ...orPanic,
    '\tdefer pipe.Close()',
    '\treplies := bufio.NewReader(pipe)',
    ...(hello === undefined
      ? []
      : [
          `\tfmt.Fprintln(pipe, ${literal(hello)})`,
          "\tif _, err := replies.ReadString('\\n'); err != nil {",
          '\t\tpanic(err)',
          '\t}',
        ]),
    `\tfmt.Fprintln(pipe, ${literal(evalLine)})`,
    "\tanswer, err := replies.ReadString('\\n')",
    ...orPanic,
    '\tfmt.Print(answer)',
    '}',
  )
}
