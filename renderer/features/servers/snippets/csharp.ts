import { code, evalLine, helloLine, isWindowsPipe, literal } from './target.ts'
import type { PlainEndpoint, SnippetTarget } from './target.ts'

/** A console program of .NET 6 or newer. */
export function csharpSnippet({ endpoint, token }: SnippetTarget<PlainEndpoint>): string {
  return endpoint.transport === 'http' ? overHttp(endpoint.url, token) : overPipe(endpoint.path, token)
}

function overHttp(url: string, token: string | undefined): string {
  return code(
    'using System.Net.Http.Headers;',
    'using System.Net.Http.Json;',
    'using System.Text.Json;',
    '',
    `using var http = new HttpClient { BaseAddress = new Uri(${literal(url)}) };`,
    token === undefined
      ? undefined
      : `http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ${literal(token)});`,
    '',
    'var request = new { expression = "sum(xs)", locals = new { xs = new[] { 1, 2, 3 } } };',
    'using var reply = await http.PostAsJsonAsync("/eval", request);',
    'var body = await reply.Content.ReadFromJsonAsync<JsonElement>();',
    'if (!reply.IsSuccessStatusCode) throw new Exception(body.GetProperty("message").GetString());',
    'Console.WriteLine(body.GetProperty("value"));',
  )
}

function overPipe(path: string, token: string | undefined): string {
  const hello = helloLine(token)
  const open = isWindowsPipe(path)
    ? [
        'using System.IO.Pipes;',
        '',
        // The class wants the name alone.
        `using var pipe = new NamedPipeClientStream(".", ${literal(path.replace(/^.*\\pipe\\/u, ''))}, PipeDirection.InOut);`,
        'pipe.Connect();',
      ]
    : [
        'using System.Net.Sockets;',
        '',
        'using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);',
        `socket.Connect(new UnixDomainSocketEndPoint(${literal(path)}));`,
        'using var pipe = new NetworkStream(socket);',
      ]
  return code(
    ...open,
    'using var reader = new StreamReader(pipe);',
    'using var writer = new StreamWriter(pipe) { AutoFlush = true, NewLine = "\\n" };',
    '',
    ...(hello === undefined ? [] : [`writer.WriteLine(${literal(hello)});`, 'reader.ReadLine();']),
    `writer.WriteLine(${literal(evalLine)});`,
    'Console.WriteLine(reader.ReadLine());',
  )
}
