import { code, helloLine, isWindowsPipe, literal } from './target.ts'
import type { PlainEndpoint, SnippetTarget } from './target.ts'

/** The standard library alone. */
export function pythonSnippet({ endpoint, token }: SnippetTarget<PlainEndpoint>): string {
  return endpoint.transport === 'http' ? overHttp(endpoint.url, token) : overPipe(endpoint.path, token)
}

function overHttp(url: string, token: string | undefined): string {
  const headers = [
    '"Content-Type": "application/json"',
    ...(token === undefined ? [] : [`"Authorization": "Bearer " + ${literal(token)}`]),
  ]
  return code(
    'import json',
    'import urllib.request',
    '',
    '# Straight to loopback, whatever proxy the system has.',
    'opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))',
    '',
    '',
    'def evaluate(expression, **names):',
    '    request = urllib.request.Request(',
    `        ${literal(`${url}/eval`)},`,
    '        data=json.dumps({"expression": expression, "locals": names}).encode(),',
    `        headers={${headers.join(', ')}},`,
    '    )',
    '    with opener.open(request) as reply:',
    '        return json.load(reply)["value"]',
    '',
    '',
    'print(evaluate("sum(xs)", xs=[1, 2, 3]))',
  )
}

function overPipe(path: string, token: string | undefined): string {
  const exchange = [
    'def ask(command, **payload):',
    '    pipe.write(json.dumps({"command": command, "payload": payload}).encode() + b"\\n")',
    '    pipe.flush()',
    '    reply = json.loads(pipe.readline())',
    '    if "error" in reply:',
    '        raise RuntimeError(reply["message"])',
    '    return reply',
  ]
  const open = isWindowsPipe(path)
    ? [`pipe = open(${literal(path)}, "r+b", buffering=0)`]
    : [
        'connection = socket.socket(socket.AF_UNIX)',
        `connection.connect(${literal(path)})`,
        'pipe = connection.makefile("rwb")',
      ]
  return code(
    'import json',
    isWindowsPipe(path) ? undefined : 'import socket',
    '',
    ...open,
    '',
    '',
    ...exchange,
    '',
    '',
    helloLine(token) === undefined ? undefined : `ask("hello", token=${literal(token ?? '')})`,
    'print(ask("eval", expression="sum(xs)", locals={"xs": [1, 2, 3]})["value"])',
  )
}
