import { commandLine } from '../command-line.ts'
import { code, literal, sample } from './target.ts'
import type { RpcEndpoint, SnippetLanguage, SnippetTarget } from './target.ts'

type RpcTarget = SnippetTarget<RpcEndpoint>

/** What the call of each snippet carries. */
const locals = JSON.stringify(sample.locals)
const { expression } = sample
const method = 'beep.python.runtime.PythonService/Evaluate'

/** gRPC is spoken through what a tool makes of the service's description, `python_service.proto`. */
export function rpcSnippet(
  language: Exclude<SnippetLanguage, 'typescript'>,
  target: RpcTarget,
  platform: string,
): string {
  switch (language) {
    case 'python':
      return python(target)
    case 'csharp':
      return csharp(target)
    case 'go':
      return go(target)
    case 'java':
      return java(target)
    case 'shell':
      return grpcurl(target, platform)
  }
}

function python({ endpoint, token }: RpcTarget): string {
  const call = `    protos.EvaluateRequest(expression=${literal(expression)}, locals_json=${literal(locals)}),`
  return code(
    '# Needs the packages grpcio and grpcio-tools, and python_service.proto beside this file.',
    'import json',
    '',
    'import grpc',
    '',
    'protos, services = grpc.protos_and_services("python_service.proto")',
    '# Straight to loopback, whatever proxy the system has.',
    `channel = grpc.insecure_channel(${literal(endpoint.address)}, options=[("grpc.enable_http_proxy", 0)])`,
    'python = services.PythonServiceStub(channel)',
    '',
    'reply = python.Evaluate(',
    call,
    token === undefined ? undefined : `    metadata=[("authorization", "Bearer " + ${literal(token)})],`,
    ')',
    'print(json.loads(reply.value_json))',
  )
}

function csharp({ endpoint, token }: RpcTarget): string {
  const request = `new EvaluateRequest { Expression = ${literal(expression)}, LocalsJson = ${literal(locals)} }`
  return code(
    '// Needs the packages Google.Protobuf, Grpc.Net.Client and Grpc.Tools, and in the project file',
    '// <Protobuf Include="python_service.proto" GrpcServices="Client" />',
    'using Beep.Python.Runtime;',
    'using Grpc.Core;',
    'using Grpc.Net.Client;',
    '',
    `using var channel = GrpcChannel.ForAddress(${literal(`http://${endpoint.address}`)});`,
    'var python = new PythonService.PythonServiceClient(channel);',
    token === undefined
      ? 'var headers = new Metadata();'
      : `var headers = new Metadata { { "authorization", "Bearer " + ${literal(token)} } };`,
    '',
    `var request = ${request};`,
    'var reply = await python.EvaluateAsync(request, headers);',
    'Console.WriteLine(reply.ValueJson);',
  )
}

function go({ endpoint, token }: RpcTarget): string {
  return code(
    '// The package runtime is made by: protoc --go_out=. --go-grpc_out=. python_service.proto',
    'package main',
    '',
    'import (',
    '\t"context"',
    '\t"fmt"',
    '',
    '\t"example/beep/python/runtime" // where you put it',
    '\t"google.golang.org/grpc"',
    '\t"google.golang.org/grpc/credentials/insecure"',
    token === undefined ? undefined : '\t"google.golang.org/grpc/metadata"',
    ')',
    '',
    'func main() {',
    `\tconnection, err := grpc.NewClient(${literal(endpoint.address)}, grpc.WithTransportCredentials(insecure.NewCredentials()))`,
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    '\tdefer connection.Close()',
    '\tctx := context.Background()',
    token === undefined
      ? undefined
      : `\tctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+${literal(token)})`,
    `\trequest := &runtime.EvaluateRequest{Expression: ${literal(expression)}, LocalsJson: ${literal(locals)}}`,
    '\treply, err := runtime.NewPythonServiceClient(connection).Evaluate(ctx, request)',
    '\tif err != nil {',
    '\t\tpanic(err)',
    '\t}',
    '\tfmt.Println(reply.GetValueJson())',
    '}',
  )
}

function java({ endpoint, token }: RpcTarget): string {
  const request = `EvaluateRequest.newBuilder().setExpression(${literal(expression)}).setLocalsJson(${literal(locals)}).build()`
  return code(
    '// Needs grpc-netty-shaded, grpc-protobuf and grpc-stub, and what protoc makes of python_service.proto',
    'import beep.python.runtime.*;',
    'import io.grpc.*;',
    'import io.grpc.stub.MetadataUtils;',
    '',
    'public class Main {',
    '  public static void main(String[] args) throws Exception {',
    `    var channel = ManagedChannelBuilder.forTarget(${literal(endpoint.address)}).usePlaintext().proxyDetector(to -> null).build();`,
    '    var headers = new Metadata();',
    token === undefined
      ? undefined
      : `    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + ${literal(token)});`,
    '    var python = PythonServiceGrpc.newBlockingStub(channel)',
    '        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));',
    `    var reply = python.evaluate(${request});`,
    '    System.out.println(reply.getValueJson());',
    '    channel.shutdown();',
    '  }',
    '}',
  )
}

/** The server describes itself to grpcurl: no file is needed. Single quotes hold in every Unix shell and in PowerShell. */
function grpcurl({ endpoint, token, home, name }: RpcTarget, platform: string): string {
  const request = JSON.stringify({ expression, locals_json: locals })
  const words = [
    'grpcurl -plaintext',
    ...(token === undefined ? [] : [`-H 'authorization: Bearer ${token}'`]),
    `-d '${platform === 'win32' ? forPowershell(request) : request}'`,
    `${endpoint.address} ${method}`,
  ]
  return code(words.join(platform === 'win32' ? ' `\n  ' : ' \\\n  '), '', commandLine(home, 'eval', name, '1 + 1'))
}

/** Windows PowerShell takes the double quotes off what it gives to a program, unless a backslash stands before them. */
function forPowershell(text: string): string {
  return text.replaceAll(/(\\*)"/gu, String.raw`$1$1\"`)
}
