import { code, evalLine, helloLine, isWindowsPipe, literal, sample } from './target.ts'
import type { PlainEndpoint, SnippetTarget } from './target.ts'

/** One file for `java Main.java`, with the JDK alone: 11 or newer for HTTP, 16 or newer for the sockets of Unix. */
export function javaSnippet({ endpoint, token }: SnippetTarget<PlainEndpoint>): string {
  if (endpoint.transport === 'http') return overHttp(endpoint.url, token)
  return isWindowsPipe(endpoint.path) ? overWindowsPipe(endpoint.path, token) : overSocket(endpoint.path)
}

function overHttp(url: string, token: string | undefined): string {
  return code(
    'import java.net.ProxySelector;',
    'import java.net.URI;',
    'import java.net.http.*;',
    '',
    'public class Main {',
    '  public static void main(String[] args) throws Exception {',
    '    // Straight to loopback, whatever proxy the system has.',
    '    var http = HttpClient.newBuilder().proxy(ProxySelector.of(null)).build();',
    `    var request = HttpRequest.newBuilder(URI.create(${literal(`${url}/eval`)}))`,
    '        .header("Content-Type", "application/json")',
    token === undefined ? undefined : `        .header("Authorization", "Bearer " + ${literal(token)})`,
    `        .POST(HttpRequest.BodyPublishers.ofString(${literal(JSON.stringify(sample))}))`,
    '        .build();',
    '    var reply = http.send(request, HttpResponse.BodyHandlers.ofString());',
    '    System.out.println(reply.statusCode() + " " + reply.body());',
    '  }',
    '}',
  )
}

function overSocket(path: string): string {
  return code(
    'import java.net.UnixDomainSocketAddress;',
    'import java.nio.channels.*;',
    '',
    'public class Main {',
    '  public static void main(String[] args) throws Exception {',
    `    try (var pipe = SocketChannel.open(UnixDomainSocketAddress.of(${literal(path)}))) {`,
    '      var writer = Channels.newWriter(pipe, "UTF-8");',
    `      writer.write(${literal(evalLine)} + "\\n");`,
    '      writer.flush();',
    '      var reader = new java.io.BufferedReader(Channels.newReader(pipe, "UTF-8"));',
    '      System.out.println(reader.readLine());',
    '    }',
    '  }',
    '}',
  )
}

function overWindowsPipe(path: string, token: string | undefined): string {
  const hello = helloLine(token)
  return code(
    'import java.io.RandomAccessFile;',
    '',
    'public class Main {',
    '  public static void main(String[] args) throws Exception {',
    `    try (var pipe = new RandomAccessFile(${literal(path)}, "rw")) {`,
    ...(hello === undefined
      ? []
      : [`      pipe.write((${literal(hello)} + "\\n").getBytes("UTF-8"));`, '      pipe.readLine();']),
    `      pipe.write((${literal(evalLine)} + "\\n").getBytes("UTF-8"));`,
    '      System.out.println(pipe.readLine());',
    '    }',
    '  }',
    '}',
  )
}
