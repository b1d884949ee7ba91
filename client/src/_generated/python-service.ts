// Made by `npm run proto` from contract/wire/python_service.proto: change that, not this.
import type { MethodTable, ShapeTable } from '../rpc/protobuf.ts'

export interface Any {
  readonly typeUrl: string
  readonly value: Uint8Array
}

export type HealthRequest = Readonly<Record<never, never>>

export interface HealthResponse {
  readonly status: string
  readonly protocol: number
  readonly pid: number
  readonly python: string
  readonly epoch: number
  readonly worker: number
  readonly workers: number
}

export interface HandleResult {
  readonly handleId: string
  readonly typeName: string
  readonly repr: string
  readonly shape: readonly number[]
  readonly dtype: string
  readonly moduleName: string
}

export interface ImportModuleRequest {
  readonly moduleName: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface ImportModuleResponse {
  readonly handleId: string
  readonly typeName: string
  readonly moduleName: string
}

export interface CreateObjectRequest {
  readonly moduleHandleId: string
  readonly className: string
  readonly argsJson: string
  readonly kwargsJson: string
  readonly moduleName: string
  readonly attachments: readonly Uint8Array[]
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface CreateObjectResponse {
  readonly handleId: string
  readonly typeName: string
  readonly repr: string
  readonly shape: readonly number[]
  readonly dtype: string
}

export interface CallMethodRequest {
  readonly handleId: string
  readonly methodName: string
  readonly argsJson: string
  readonly kwargsJson: string
  readonly attachments: readonly Uint8Array[]
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface CallMethodResponse {
  readonly valueJson: string | undefined
  readonly handle: HandleResult | undefined
  readonly typeName: string
  readonly attachments: readonly Uint8Array[]
}

export interface GetAttributeRequest {
  readonly handleId: string
  readonly attributeName: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface GetAttributeResponse {
  readonly valueJson: string | undefined
  readonly handle: HandleResult | undefined
  readonly typeName: string
  readonly attachments: readonly Uint8Array[]
}

export interface SetAttributeRequest {
  readonly handleId: string
  readonly attributeName: string
  readonly valueJson: string
  readonly attachments: readonly Uint8Array[]
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface SetAttributeResponse {
  readonly success: boolean
}

export interface EvaluateRequest {
  readonly expression: string
  readonly localsJson: string
  readonly attachments: readonly Uint8Array[]
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface EvaluateResponse {
  readonly valueJson: string | undefined
  readonly handle: HandleResult | undefined
  readonly typeName: string
  readonly attachments: readonly Uint8Array[]
}

export interface DisposeHandleRequest {
  readonly handleId: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface DisposeHandleResponse {
  readonly success: boolean
}

export interface ToFloatArrayRequest {
  readonly handleId: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface ToFloatArrayResponse {
  readonly data: readonly number[]
}

export interface ToFloatArray2DRequest {
  readonly handleId: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface ToFloatArray2DResponse {
  readonly data: readonly FloatArray[]
}

export interface FloatArray {
  readonly values: readonly number[]
}

export interface IsModuleAvailableRequest {
  readonly moduleName: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface IsModuleAvailableResponse {
  readonly available: boolean
}

export interface WrapValueRequest {
  readonly valueJson: string
  readonly attachments: readonly Uint8Array[]
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface WrapValueResponse {
  readonly handleId: string
  readonly typeName: string
  readonly repr: string
  readonly shape: readonly number[]
  readonly dtype: string
}

export interface ExecuteRequest {
  readonly code: string
  readonly localsJson: string
  readonly outputLimit: number | undefined
  readonly allowInput: boolean | undefined
  readonly requestId: string
  readonly attachments: readonly Uint8Array[]
  readonly sessionId: string
  readonly timeoutSeconds: number | undefined
}

export interface ExecuteEvent {
  readonly output: OutputEvent | undefined
  readonly display: DisplayEvent | undefined
  readonly input: InputEvent | undefined
  readonly result: ExecuteResult | undefined
}

export interface OutputEvent {
  readonly stream: string
  readonly text: string
  readonly cut: boolean
}

export interface DisplayEvent {
  readonly forms: readonly DisplayForm[]
  readonly isResult: boolean
}

export interface DisplayForm {
  readonly mediaType: string
  readonly text: string | undefined
  readonly data: Uint8Array | undefined
}

export interface InputEvent {
  readonly prompt: string
  readonly password: boolean
}

export interface ExecuteResult {
  readonly valueJson: string | undefined
  readonly handle: HandleResult | undefined
  readonly typeName: string
  readonly repr: string
  readonly outputCut: boolean
  readonly attachments: readonly Uint8Array[]
}

export interface AnswerInputRequest {
  readonly requestId: string
  readonly text: string | undefined
  readonly eof: boolean | undefined
}

export interface AnswerInputResponse {
  readonly success: boolean
}

export interface GetArrayRequest {
  readonly handleId: string
  readonly twoDimensional: boolean
  readonly ownDtype: boolean
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface ArrayChunk {
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: Uint8Array
  readonly sessionId: string
  readonly requestId: string
}

export interface GetTableRequest {
  readonly handleId: string
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface TableChunk {
  readonly data: Uint8Array
  readonly rows: number
  readonly sessionId: string
  readonly requestId: string
}

export interface CancelRequest {
  readonly requestId: string
  readonly graceSeconds: number | undefined
}

export interface CancelResponse {
  readonly success: boolean
}

export interface InterruptRequest {
  readonly requestId: string
  readonly sessionId: string
  readonly graceSeconds: number | undefined
}

export interface InterruptResponse {
  readonly success: boolean
}

export interface ListHandlesRequest {
  readonly limit: number | undefined
  readonly sessionId: string
  readonly requestId: string
  readonly timeoutSeconds: number | undefined
}

export interface ListHandlesResponse {
  readonly handles: readonly HandleResult[]
  readonly count: number
}

export interface OpenSessionRequest {
  readonly name: string
  readonly workingFolder: string
  readonly environmentVariables: readonly EnvironmentVariable[]
  readonly leaseSeconds: number | undefined
  readonly handleLimit: number | undefined
  readonly timeoutSeconds: number | undefined
  readonly ownProcess: boolean | undefined
  readonly memoryLimitBytes: number | undefined
}

export interface EnvironmentVariable {
  readonly name: string
  readonly value: string | undefined
}

export interface Session {
  readonly sessionId: string
  readonly name: string
  readonly ownProcess: boolean
  readonly createdAt: string
  readonly workingFolder: string
  readonly leaseSeconds: number
  readonly idleSeconds: number
  readonly requests: number
  readonly handles: number
  readonly handleLimit: number
  readonly timeoutSeconds: number | undefined
  readonly memoryLimitBytes: number | undefined
  readonly pid: number
  readonly path: string
}

export type ListSessionsRequest = Readonly<Record<never, never>>

export interface ListSessionsResponse {
  readonly sessions: readonly Session[]
}

export interface HeartbeatRequest {
  readonly sessionId: string
}

export interface ResetSessionRequest {
  readonly sessionId: string
}

export interface ResetSessionResponse {
  readonly success: boolean
}

export interface CloseSessionRequest {
  readonly sessionId: string
}

export interface CloseSessionResponse {
  readonly success: boolean
}

export interface CallError {
  readonly code: string
  readonly message: string
  readonly traceback: string
  readonly hint: string
  readonly detailsJson: string
  readonly shortened: boolean
}

export interface CallStatus {
  readonly code: number
  readonly message: string
  readonly details: readonly Any[]
}

export interface EnsureVenvRequest {
  readonly providerName: string
  readonly modelId: string
  readonly requestId: string
}

export interface CreateVenvRequest {
  readonly providerName: string
  readonly modelId: string
  readonly name: string
  readonly packages: readonly string[]
  readonly requestId: string
}

export interface DeleteVenvRequest {
  readonly venvPath: string
  readonly name: string
  readonly providerName: string
  readonly modelId: string
  readonly permanent: boolean
  readonly requestId: string
}

export interface DeleteVenvResponse {
  readonly success: boolean
  readonly path: string
}

export type ListVenvsRequest = Readonly<Record<never, never>>

export interface ListVenvsResponse {
  readonly environments: readonly Venv[]
}

export interface InstallPackagesRequest {
  readonly venvPath: string
  readonly name: string
  readonly providerName: string
  readonly modelId: string
  readonly packages: readonly string[]
  readonly requestId: string
}

export interface GetVenvStatusRequest {
  readonly venvPath: string
  readonly name: string
  readonly providerName: string
  readonly modelId: string
}

export interface Venv {
  readonly success: boolean
  readonly path: string
  readonly name: string
  readonly executable: string
  readonly python: string
  readonly state: string
  readonly requirements: readonly string[]
  readonly usedBy: readonly string[]
  readonly sizeBytes: number
  readonly packages: readonly InstalledPackage[]
}

export interface InstalledPackage {
  readonly name: string
  readonly version: string
}

export interface HostEvent {
  readonly progress: Progress | undefined
  readonly venv: Venv | undefined
  readonly deleted: DeleteVenvResponse | undefined
  readonly runtime: RuntimeInfo | undefined
  readonly server: ServerStatus | undefined
}

export interface Progress {
  readonly fraction: number | undefined
  readonly title: string
  readonly detail: string
}

export type ListRuntimesRequest = Readonly<Record<never, never>>

export interface ListRuntimesResponse {
  readonly runtimes: readonly RuntimeInfo[]
}

export interface GetRuntimeRequest {
  readonly runtimeId: string
}

export interface InstallRuntimeRequest {
  readonly version: string
  readonly requestId: string
}

export interface RuntimeInfo {
  readonly runtimeId: string
  readonly version: string
  readonly executable: string
  readonly state: string
  readonly isDefault: boolean
}

export type ListServersRequest = Readonly<Record<never, never>>

export interface ListServersResponse {
  readonly servers: readonly ServerStatus[]
}

export interface GetServerStatusRequest {
  readonly name: string
}

export interface StartServerRequest {
  readonly name: string
  readonly transport: string
  readonly environment: string
  readonly port: number | undefined
  readonly workers: number | undefined
  readonly auth: string
  readonly infrastructure: string
  readonly restart: string
  readonly requestId: string
}

export interface StopServerRequest {
  readonly name: string
  readonly requestId: string
}

export interface RestartServerRequest {
  readonly name: string
  readonly requestId: string
}

export interface ServerStatus {
  readonly name: string
  readonly transport: string
  readonly state: string
  readonly environment: string
  readonly pid: number
  readonly endpoint: ServerEndpoint | undefined
}

export interface ServerEndpoint {
  readonly transport: string
  readonly url: string
  readonly path: string
  readonly address: string
  readonly token: string
}

export type ListJobsRequest = Readonly<Record<never, never>>

export interface ListJobsResponse {
  readonly jobs: readonly JobInfo[]
}

export interface GetJobRequest {
  readonly jobId: string
}

export interface CancelJobRequest {
  readonly jobId: string
}

export interface JobInfo {
  readonly jobId: string
  readonly command: string
  readonly subject: string
  readonly state: string
  readonly progress: Progress | undefined
  readonly problem: string
}

export interface Messages {
  readonly Any: Any
  readonly HealthRequest: HealthRequest
  readonly HealthResponse: HealthResponse
  readonly HandleResult: HandleResult
  readonly ImportModuleRequest: ImportModuleRequest
  readonly ImportModuleResponse: ImportModuleResponse
  readonly CreateObjectRequest: CreateObjectRequest
  readonly CreateObjectResponse: CreateObjectResponse
  readonly CallMethodRequest: CallMethodRequest
  readonly CallMethodResponse: CallMethodResponse
  readonly GetAttributeRequest: GetAttributeRequest
  readonly GetAttributeResponse: GetAttributeResponse
  readonly SetAttributeRequest: SetAttributeRequest
  readonly SetAttributeResponse: SetAttributeResponse
  readonly EvaluateRequest: EvaluateRequest
  readonly EvaluateResponse: EvaluateResponse
  readonly DisposeHandleRequest: DisposeHandleRequest
  readonly DisposeHandleResponse: DisposeHandleResponse
  readonly ToFloatArrayRequest: ToFloatArrayRequest
  readonly ToFloatArrayResponse: ToFloatArrayResponse
  readonly ToFloatArray2DRequest: ToFloatArray2DRequest
  readonly ToFloatArray2DResponse: ToFloatArray2DResponse
  readonly FloatArray: FloatArray
  readonly IsModuleAvailableRequest: IsModuleAvailableRequest
  readonly IsModuleAvailableResponse: IsModuleAvailableResponse
  readonly WrapValueRequest: WrapValueRequest
  readonly WrapValueResponse: WrapValueResponse
  readonly ExecuteRequest: ExecuteRequest
  readonly ExecuteEvent: ExecuteEvent
  readonly OutputEvent: OutputEvent
  readonly DisplayEvent: DisplayEvent
  readonly DisplayForm: DisplayForm
  readonly InputEvent: InputEvent
  readonly ExecuteResult: ExecuteResult
  readonly AnswerInputRequest: AnswerInputRequest
  readonly AnswerInputResponse: AnswerInputResponse
  readonly GetArrayRequest: GetArrayRequest
  readonly ArrayChunk: ArrayChunk
  readonly GetTableRequest: GetTableRequest
  readonly TableChunk: TableChunk
  readonly CancelRequest: CancelRequest
  readonly CancelResponse: CancelResponse
  readonly InterruptRequest: InterruptRequest
  readonly InterruptResponse: InterruptResponse
  readonly ListHandlesRequest: ListHandlesRequest
  readonly ListHandlesResponse: ListHandlesResponse
  readonly OpenSessionRequest: OpenSessionRequest
  readonly EnvironmentVariable: EnvironmentVariable
  readonly Session: Session
  readonly ListSessionsRequest: ListSessionsRequest
  readonly ListSessionsResponse: ListSessionsResponse
  readonly HeartbeatRequest: HeartbeatRequest
  readonly ResetSessionRequest: ResetSessionRequest
  readonly ResetSessionResponse: ResetSessionResponse
  readonly CloseSessionRequest: CloseSessionRequest
  readonly CloseSessionResponse: CloseSessionResponse
  readonly CallError: CallError
  readonly CallStatus: CallStatus
  readonly EnsureVenvRequest: EnsureVenvRequest
  readonly CreateVenvRequest: CreateVenvRequest
  readonly DeleteVenvRequest: DeleteVenvRequest
  readonly DeleteVenvResponse: DeleteVenvResponse
  readonly ListVenvsRequest: ListVenvsRequest
  readonly ListVenvsResponse: ListVenvsResponse
  readonly InstallPackagesRequest: InstallPackagesRequest
  readonly GetVenvStatusRequest: GetVenvStatusRequest
  readonly Venv: Venv
  readonly InstalledPackage: InstalledPackage
  readonly HostEvent: HostEvent
  readonly Progress: Progress
  readonly ListRuntimesRequest: ListRuntimesRequest
  readonly ListRuntimesResponse: ListRuntimesResponse
  readonly GetRuntimeRequest: GetRuntimeRequest
  readonly InstallRuntimeRequest: InstallRuntimeRequest
  readonly RuntimeInfo: RuntimeInfo
  readonly ListServersRequest: ListServersRequest
  readonly ListServersResponse: ListServersResponse
  readonly GetServerStatusRequest: GetServerStatusRequest
  readonly StartServerRequest: StartServerRequest
  readonly StopServerRequest: StopServerRequest
  readonly RestartServerRequest: RestartServerRequest
  readonly ServerStatus: ServerStatus
  readonly ServerEndpoint: ServerEndpoint
  readonly ListJobsRequest: ListJobsRequest
  readonly ListJobsResponse: ListJobsResponse
  readonly GetJobRequest: GetJobRequest
  readonly CancelJobRequest: CancelJobRequest
  readonly JobInfo: JobInfo
}

export const shapes: ShapeTable<Messages> = {
  Any: {
    typeUrl: [1, 'string', 'one'],
    value: [2, 'bytes', 'one'],
  },
  HealthRequest: {},
  HealthResponse: {
    status: [1, 'string', 'one'],
    protocol: [2, 'int', 'one'],
    pid: [3, 'int', 'one'],
    python: [4, 'string', 'one'],
    epoch: [5, 'int', 'one'],
    worker: [6, 'int', 'one'],
    workers: [7, 'int', 'one'],
  },
  HandleResult: {
    handleId: [1, 'string', 'one'],
    typeName: [2, 'string', 'one'],
    repr: [3, 'string', 'one'],
    shape: [4, 'int', 'many'],
    dtype: [5, 'string', 'one'],
    moduleName: [6, 'string', 'one'],
  },
  ImportModuleRequest: {
    moduleName: [1, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  ImportModuleResponse: {
    handleId: [1, 'string', 'one'],
    typeName: [2, 'string', 'one'],
    moduleName: [6, 'string', 'one'],
  },
  CreateObjectRequest: {
    moduleHandleId: [1, 'string', 'one'],
    className: [2, 'string', 'one'],
    argsJson: [3, 'string', 'one'],
    kwargsJson: [4, 'string', 'one'],
    moduleName: [5, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  CreateObjectResponse: {
    handleId: [1, 'string', 'one'],
    typeName: [2, 'string', 'one'],
    repr: [3, 'string', 'one'],
    shape: [4, 'int', 'many'],
    dtype: [5, 'string', 'one'],
  },
  CallMethodRequest: {
    handleId: [1, 'string', 'one'],
    methodName: [2, 'string', 'one'],
    argsJson: [3, 'string', 'one'],
    kwargsJson: [4, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  CallMethodResponse: {
    valueJson: [1, 'string', 'maybe'],
    handle: [2, 'HandleResult', 'maybe'],
    typeName: [3, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
  },
  GetAttributeRequest: {
    handleId: [1, 'string', 'one'],
    attributeName: [2, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  GetAttributeResponse: {
    valueJson: [1, 'string', 'maybe'],
    handle: [2, 'HandleResult', 'maybe'],
    typeName: [3, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
  },
  SetAttributeRequest: {
    handleId: [1, 'string', 'one'],
    attributeName: [2, 'string', 'one'],
    valueJson: [3, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  SetAttributeResponse: {
    success: [1, 'bool', 'one'],
  },
  EvaluateRequest: {
    expression: [1, 'string', 'one'],
    localsJson: [2, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  EvaluateResponse: {
    valueJson: [1, 'string', 'maybe'],
    handle: [2, 'HandleResult', 'maybe'],
    typeName: [3, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
  },
  DisposeHandleRequest: {
    handleId: [1, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  DisposeHandleResponse: {
    success: [1, 'bool', 'one'],
  },
  ToFloatArrayRequest: {
    handleId: [1, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  ToFloatArrayResponse: {
    data: [1, 'float', 'many'],
  },
  ToFloatArray2DRequest: {
    handleId: [1, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  ToFloatArray2DResponse: {
    data: [1, 'FloatArray', 'many'],
  },
  FloatArray: {
    values: [1, 'float', 'many'],
  },
  IsModuleAvailableRequest: {
    moduleName: [1, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  IsModuleAvailableResponse: {
    available: [1, 'bool', 'one'],
  },
  WrapValueRequest: {
    valueJson: [1, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  WrapValueResponse: {
    handleId: [1, 'string', 'one'],
    typeName: [2, 'string', 'one'],
    repr: [3, 'string', 'one'],
    shape: [4, 'int', 'many'],
    dtype: [5, 'string', 'one'],
  },
  ExecuteRequest: {
    code: [1, 'string', 'one'],
    localsJson: [2, 'string', 'one'],
    outputLimit: [3, 'int', 'maybe'],
    allowInput: [4, 'bool', 'maybe'],
    requestId: [5, 'string', 'one'],
    attachments: [16, 'bytes', 'many'],
    sessionId: [17, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  ExecuteEvent: {
    output: [1, 'OutputEvent', 'maybe'],
    display: [2, 'DisplayEvent', 'maybe'],
    input: [3, 'InputEvent', 'maybe'],
    result: [4, 'ExecuteResult', 'maybe'],
  },
  OutputEvent: {
    stream: [1, 'string', 'one'],
    text: [2, 'string', 'one'],
    cut: [3, 'bool', 'one'],
  },
  DisplayEvent: {
    forms: [1, 'DisplayForm', 'many'],
    isResult: [2, 'bool', 'one'],
  },
  DisplayForm: {
    mediaType: [1, 'string', 'one'],
    text: [2, 'string', 'maybe'],
    data: [3, 'bytes', 'maybe'],
  },
  InputEvent: {
    prompt: [1, 'string', 'one'],
    password: [2, 'bool', 'one'],
  },
  ExecuteResult: {
    valueJson: [1, 'string', 'maybe'],
    handle: [2, 'HandleResult', 'maybe'],
    typeName: [3, 'string', 'one'],
    repr: [4, 'string', 'one'],
    outputCut: [5, 'bool', 'one'],
    attachments: [16, 'bytes', 'many'],
  },
  AnswerInputRequest: {
    requestId: [1, 'string', 'one'],
    text: [2, 'string', 'maybe'],
    eof: [3, 'bool', 'maybe'],
  },
  AnswerInputResponse: {
    success: [1, 'bool', 'one'],
  },
  GetArrayRequest: {
    handleId: [1, 'string', 'one'],
    twoDimensional: [2, 'bool', 'one'],
    ownDtype: [3, 'bool', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  ArrayChunk: {
    dtype: [1, 'string', 'one'],
    shape: [2, 'int', 'many'],
    data: [3, 'bytes', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  GetTableRequest: {
    handleId: [1, 'string', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  TableChunk: {
    data: [1, 'bytes', 'one'],
    rows: [2, 'int', 'one'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  CancelRequest: {
    requestId: [1, 'string', 'one'],
    graceSeconds: [2, 'double', 'maybe'],
  },
  CancelResponse: {
    success: [1, 'bool', 'one'],
  },
  InterruptRequest: {
    requestId: [1, 'string', 'one'],
    sessionId: [2, 'string', 'one'],
    graceSeconds: [3, 'double', 'maybe'],
  },
  InterruptResponse: {
    success: [1, 'bool', 'one'],
  },
  ListHandlesRequest: {
    limit: [1, 'int', 'maybe'],
    sessionId: [17, 'string', 'one'],
    requestId: [18, 'string', 'one'],
    timeoutSeconds: [19, 'double', 'maybe'],
  },
  ListHandlesResponse: {
    handles: [1, 'HandleResult', 'many'],
    count: [2, 'int', 'one'],
  },
  OpenSessionRequest: {
    name: [1, 'string', 'one'],
    workingFolder: [2, 'string', 'one'],
    environmentVariables: [3, 'EnvironmentVariable', 'many'],
    leaseSeconds: [4, 'double', 'maybe'],
    handleLimit: [5, 'int', 'maybe'],
    timeoutSeconds: [6, 'double', 'maybe'],
    ownProcess: [7, 'bool', 'maybe'],
    memoryLimitBytes: [8, 'int', 'maybe'],
  },
  EnvironmentVariable: {
    name: [1, 'string', 'one'],
    value: [2, 'string', 'maybe'],
  },
  Session: {
    sessionId: [1, 'string', 'one'],
    name: [2, 'string', 'one'],
    ownProcess: [3, 'bool', 'one'],
    createdAt: [4, 'string', 'one'],
    workingFolder: [5, 'string', 'one'],
    leaseSeconds: [6, 'double', 'one'],
    idleSeconds: [7, 'double', 'one'],
    requests: [8, 'int', 'one'],
    handles: [9, 'int', 'one'],
    handleLimit: [10, 'int', 'one'],
    timeoutSeconds: [11, 'double', 'maybe'],
    memoryLimitBytes: [12, 'int', 'maybe'],
    pid: [13, 'int', 'one'],
    path: [14, 'string', 'one'],
  },
  ListSessionsRequest: {},
  ListSessionsResponse: {
    sessions: [1, 'Session', 'many'],
  },
  HeartbeatRequest: {
    sessionId: [1, 'string', 'one'],
  },
  ResetSessionRequest: {
    sessionId: [1, 'string', 'one'],
  },
  ResetSessionResponse: {
    success: [1, 'bool', 'one'],
  },
  CloseSessionRequest: {
    sessionId: [1, 'string', 'one'],
  },
  CloseSessionResponse: {
    success: [1, 'bool', 'one'],
  },
  CallError: {
    code: [1, 'string', 'one'],
    message: [2, 'string', 'one'],
    traceback: [3, 'string', 'one'],
    hint: [4, 'string', 'one'],
    detailsJson: [5, 'string', 'one'],
    shortened: [6, 'bool', 'one'],
  },
  CallStatus: {
    code: [1, 'int', 'one'],
    message: [2, 'string', 'one'],
    details: [3, 'Any', 'many'],
  },
  EnsureVenvRequest: {
    providerName: [1, 'string', 'one'],
    modelId: [2, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  CreateVenvRequest: {
    providerName: [1, 'string', 'one'],
    modelId: [2, 'string', 'one'],
    name: [3, 'string', 'one'],
    packages: [4, 'string', 'many'],
    requestId: [18, 'string', 'one'],
  },
  DeleteVenvRequest: {
    venvPath: [1, 'string', 'one'],
    name: [2, 'string', 'one'],
    providerName: [3, 'string', 'one'],
    modelId: [4, 'string', 'one'],
    permanent: [5, 'bool', 'one'],
    requestId: [18, 'string', 'one'],
  },
  DeleteVenvResponse: {
    success: [1, 'bool', 'one'],
    path: [2, 'string', 'one'],
  },
  ListVenvsRequest: {},
  ListVenvsResponse: {
    environments: [1, 'Venv', 'many'],
  },
  InstallPackagesRequest: {
    venvPath: [1, 'string', 'one'],
    name: [2, 'string', 'one'],
    providerName: [3, 'string', 'one'],
    modelId: [4, 'string', 'one'],
    packages: [5, 'string', 'many'],
    requestId: [18, 'string', 'one'],
  },
  GetVenvStatusRequest: {
    venvPath: [1, 'string', 'one'],
    name: [2, 'string', 'one'],
    providerName: [3, 'string', 'one'],
    modelId: [4, 'string', 'one'],
  },
  Venv: {
    success: [1, 'bool', 'one'],
    path: [2, 'string', 'one'],
    name: [3, 'string', 'one'],
    executable: [4, 'string', 'one'],
    python: [5, 'string', 'one'],
    state: [6, 'string', 'one'],
    requirements: [7, 'string', 'many'],
    usedBy: [8, 'string', 'many'],
    sizeBytes: [9, 'int', 'one'],
    packages: [10, 'InstalledPackage', 'many'],
  },
  InstalledPackage: {
    name: [1, 'string', 'one'],
    version: [2, 'string', 'one'],
  },
  HostEvent: {
    progress: [1, 'Progress', 'maybe'],
    venv: [2, 'Venv', 'maybe'],
    deleted: [3, 'DeleteVenvResponse', 'maybe'],
    runtime: [4, 'RuntimeInfo', 'maybe'],
    server: [5, 'ServerStatus', 'maybe'],
  },
  Progress: {
    fraction: [1, 'double', 'maybe'],
    title: [2, 'string', 'one'],
    detail: [3, 'string', 'one'],
  },
  ListRuntimesRequest: {},
  ListRuntimesResponse: {
    runtimes: [1, 'RuntimeInfo', 'many'],
  },
  GetRuntimeRequest: {
    runtimeId: [1, 'string', 'one'],
  },
  InstallRuntimeRequest: {
    version: [1, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  RuntimeInfo: {
    runtimeId: [1, 'string', 'one'],
    version: [2, 'string', 'one'],
    executable: [3, 'string', 'one'],
    state: [4, 'string', 'one'],
    isDefault: [5, 'bool', 'one'],
  },
  ListServersRequest: {},
  ListServersResponse: {
    servers: [1, 'ServerStatus', 'many'],
  },
  GetServerStatusRequest: {
    name: [1, 'string', 'one'],
  },
  StartServerRequest: {
    name: [1, 'string', 'one'],
    transport: [2, 'string', 'one'],
    environment: [3, 'string', 'one'],
    port: [4, 'int', 'maybe'],
    workers: [5, 'int', 'maybe'],
    auth: [6, 'string', 'one'],
    infrastructure: [7, 'string', 'one'],
    restart: [8, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  StopServerRequest: {
    name: [1, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  RestartServerRequest: {
    name: [1, 'string', 'one'],
    requestId: [18, 'string', 'one'],
  },
  ServerStatus: {
    name: [1, 'string', 'one'],
    transport: [2, 'string', 'one'],
    state: [3, 'string', 'one'],
    environment: [4, 'string', 'one'],
    pid: [5, 'int', 'one'],
    endpoint: [6, 'ServerEndpoint', 'maybe'],
  },
  ServerEndpoint: {
    transport: [1, 'string', 'one'],
    url: [2, 'string', 'one'],
    path: [3, 'string', 'one'],
    address: [4, 'string', 'one'],
    token: [5, 'string', 'one'],
  },
  ListJobsRequest: {},
  ListJobsResponse: {
    jobs: [1, 'JobInfo', 'many'],
  },
  GetJobRequest: {
    jobId: [1, 'string', 'one'],
  },
  CancelJobRequest: {
    jobId: [1, 'string', 'one'],
  },
  JobInfo: {
    jobId: [1, 'string', 'one'],
    command: [2, 'string', 'one'],
    subject: [3, 'string', 'one'],
    state: [4, 'string', 'one'],
    progress: [5, 'Progress', 'maybe'],
    problem: [6, 'string', 'one'],
  },
}

export const methods = {
  Health: {
    path: '/beep.python.runtime.PythonService/Health',
    request: 'HealthRequest',
    reply: 'HealthResponse',
  },
  ImportModule: {
    path: '/beep.python.runtime.PythonService/ImportModule',
    request: 'ImportModuleRequest',
    reply: 'ImportModuleResponse',
  },
  CreateObject: {
    path: '/beep.python.runtime.PythonService/CreateObject',
    request: 'CreateObjectRequest',
    reply: 'CreateObjectResponse',
  },
  CallMethod: {
    path: '/beep.python.runtime.PythonService/CallMethod',
    request: 'CallMethodRequest',
    reply: 'CallMethodResponse',
  },
  GetAttribute: {
    path: '/beep.python.runtime.PythonService/GetAttribute',
    request: 'GetAttributeRequest',
    reply: 'GetAttributeResponse',
  },
  SetAttribute: {
    path: '/beep.python.runtime.PythonService/SetAttribute',
    request: 'SetAttributeRequest',
    reply: 'SetAttributeResponse',
  },
  Evaluate: {
    path: '/beep.python.runtime.PythonService/Evaluate',
    request: 'EvaluateRequest',
    reply: 'EvaluateResponse',
  },
  DisposeHandle: {
    path: '/beep.python.runtime.PythonService/DisposeHandle',
    request: 'DisposeHandleRequest',
    reply: 'DisposeHandleResponse',
  },
  ToFloatArray: {
    path: '/beep.python.runtime.PythonService/ToFloatArray',
    request: 'ToFloatArrayRequest',
    reply: 'ToFloatArrayResponse',
  },
  ToFloatArray2D: {
    path: '/beep.python.runtime.PythonService/ToFloatArray2D',
    request: 'ToFloatArray2DRequest',
    reply: 'ToFloatArray2DResponse',
  },
  IsModuleAvailable: {
    path: '/beep.python.runtime.PythonService/IsModuleAvailable',
    request: 'IsModuleAvailableRequest',
    reply: 'IsModuleAvailableResponse',
  },
  WrapValue: {
    path: '/beep.python.runtime.PythonService/WrapValue',
    request: 'WrapValueRequest',
    reply: 'WrapValueResponse',
  },
  Execute: {
    path: '/beep.python.runtime.PythonService/Execute',
    request: 'ExecuteRequest',
    reply: 'ExecuteEvent',
  },
  AnswerInput: {
    path: '/beep.python.runtime.PythonService/AnswerInput',
    request: 'AnswerInputRequest',
    reply: 'AnswerInputResponse',
  },
  GetArray: {
    path: '/beep.python.runtime.PythonService/GetArray',
    request: 'GetArrayRequest',
    reply: 'ArrayChunk',
  },
  PutArray: {
    path: '/beep.python.runtime.PythonService/PutArray',
    request: 'ArrayChunk',
    reply: 'HandleResult',
  },
  GetTable: {
    path: '/beep.python.runtime.PythonService/GetTable',
    request: 'GetTableRequest',
    reply: 'TableChunk',
  },
  PutTable: {
    path: '/beep.python.runtime.PythonService/PutTable',
    request: 'TableChunk',
    reply: 'HandleResult',
  },
  Cancel: {
    path: '/beep.python.runtime.PythonService/Cancel',
    request: 'CancelRequest',
    reply: 'CancelResponse',
  },
  Interrupt: {
    path: '/beep.python.runtime.PythonService/Interrupt',
    request: 'InterruptRequest',
    reply: 'InterruptResponse',
  },
  ListHandles: {
    path: '/beep.python.runtime.PythonService/ListHandles',
    request: 'ListHandlesRequest',
    reply: 'ListHandlesResponse',
  },
  OpenSession: {
    path: '/beep.python.runtime.PythonService/OpenSession',
    request: 'OpenSessionRequest',
    reply: 'Session',
  },
  ListSessions: {
    path: '/beep.python.runtime.PythonService/ListSessions',
    request: 'ListSessionsRequest',
    reply: 'ListSessionsResponse',
  },
  Heartbeat: {
    path: '/beep.python.runtime.PythonService/Heartbeat',
    request: 'HeartbeatRequest',
    reply: 'Session',
  },
  ResetSession: {
    path: '/beep.python.runtime.PythonService/ResetSession',
    request: 'ResetSessionRequest',
    reply: 'ResetSessionResponse',
  },
  CloseSession: {
    path: '/beep.python.runtime.PythonService/CloseSession',
    request: 'CloseSessionRequest',
    reply: 'CloseSessionResponse',
  },
  EnsureVenv: {
    path: '/beep.python.runtime.VenvService/EnsureVenv',
    request: 'EnsureVenvRequest',
    reply: 'Venv',
  },
  CreateVenv: {
    path: '/beep.python.runtime.VenvService/CreateVenv',
    request: 'CreateVenvRequest',
    reply: 'Venv',
  },
  DeleteVenv: {
    path: '/beep.python.runtime.VenvService/DeleteVenv',
    request: 'DeleteVenvRequest',
    reply: 'DeleteVenvResponse',
  },
  ListVenvs: {
    path: '/beep.python.runtime.VenvService/ListVenvs',
    request: 'ListVenvsRequest',
    reply: 'ListVenvsResponse',
  },
  InstallPackages: {
    path: '/beep.python.runtime.VenvService/InstallPackages',
    request: 'InstallPackagesRequest',
    reply: 'Venv',
  },
  GetVenvStatus: {
    path: '/beep.python.runtime.VenvService/GetVenvStatus',
    request: 'GetVenvStatusRequest',
    reply: 'Venv',
  },
  EnsureVenvStream: {
    path: '/beep.python.runtime.VenvService/EnsureVenvStream',
    request: 'EnsureVenvRequest',
    reply: 'HostEvent',
  },
  CreateVenvStream: {
    path: '/beep.python.runtime.VenvService/CreateVenvStream',
    request: 'CreateVenvRequest',
    reply: 'HostEvent',
  },
  DeleteVenvStream: {
    path: '/beep.python.runtime.VenvService/DeleteVenvStream',
    request: 'DeleteVenvRequest',
    reply: 'HostEvent',
  },
  InstallPackagesStream: {
    path: '/beep.python.runtime.VenvService/InstallPackagesStream',
    request: 'InstallPackagesRequest',
    reply: 'HostEvent',
  },
  ListRuntimes: {
    path: '/beep.python.runtime.HostService/ListRuntimes',
    request: 'ListRuntimesRequest',
    reply: 'ListRuntimesResponse',
  },
  GetRuntime: {
    path: '/beep.python.runtime.HostService/GetRuntime',
    request: 'GetRuntimeRequest',
    reply: 'RuntimeInfo',
  },
  InstallRuntime: {
    path: '/beep.python.runtime.HostService/InstallRuntime',
    request: 'InstallRuntimeRequest',
    reply: 'RuntimeInfo',
  },
  InstallRuntimeStream: {
    path: '/beep.python.runtime.HostService/InstallRuntimeStream',
    request: 'InstallRuntimeRequest',
    reply: 'HostEvent',
  },
  ListServers: {
    path: '/beep.python.runtime.HostService/ListServers',
    request: 'ListServersRequest',
    reply: 'ListServersResponse',
  },
  GetServerStatus: {
    path: '/beep.python.runtime.HostService/GetServerStatus',
    request: 'GetServerStatusRequest',
    reply: 'ServerStatus',
  },
  StartServer: {
    path: '/beep.python.runtime.HostService/StartServer',
    request: 'StartServerRequest',
    reply: 'ServerStatus',
  },
  StartServerStream: {
    path: '/beep.python.runtime.HostService/StartServerStream',
    request: 'StartServerRequest',
    reply: 'HostEvent',
  },
  StopServer: {
    path: '/beep.python.runtime.HostService/StopServer',
    request: 'StopServerRequest',
    reply: 'ServerStatus',
  },
  StopServerStream: {
    path: '/beep.python.runtime.HostService/StopServerStream',
    request: 'StopServerRequest',
    reply: 'HostEvent',
  },
  RestartServer: {
    path: '/beep.python.runtime.HostService/RestartServer',
    request: 'RestartServerRequest',
    reply: 'ServerStatus',
  },
  RestartServerStream: {
    path: '/beep.python.runtime.HostService/RestartServerStream',
    request: 'RestartServerRequest',
    reply: 'HostEvent',
  },
  ListJobs: {
    path: '/beep.python.runtime.HostService/ListJobs',
    request: 'ListJobsRequest',
    reply: 'ListJobsResponse',
  },
  GetJob: {
    path: '/beep.python.runtime.HostService/GetJob',
    request: 'GetJobRequest',
    reply: 'JobInfo',
  },
  CancelJob: {
    path: '/beep.python.runtime.HostService/CancelJob',
    request: 'CancelJobRequest',
    reply: 'JobInfo',
  },
} as const satisfies MethodTable<Messages>
