/// <reference lib="esnext.disposable" preserve="true" />
export { float16Numbers, ndarray } from './values/arrays.ts'
export type { Dtype, NdArray, NumberArray } from './values/arrays.ts'
export type { PythonBackend, ServerInfo } from './backend.ts'
export type { CallOptions } from './call-limits.ts'
export type { NamedValues } from './named-values.ts'
export type { HandleList, ListedHandle, PythonCalls } from './python-calls.ts'
export { connectControl, ControlError, findInstance } from './control.ts'
export type { CommandParams, CommandResult, ControlClient, ControlEvent, Instance } from './control.ts'
export { connect, createHttpBackend, createPipeBackend } from './create-backend.ts'
export type { BackendOptions } from './create-backend.ts'
export {
  BackendError,
  BusyError,
  CancelledError,
  ConnectionError,
  isBackendError,
  PythonError,
  TimeoutError,
  UnauthorizedError,
  WorkerLostError,
} from './errors.ts'
export type { BackendErrorCode, BackendErrorOptions, ClientErrorCode, ErrorDetails, ServerErrorCode } from './errors.ts'
export type {
  DisplayEvent,
  ExecuteOptions,
  Execution,
  ExecutionEvent,
  ExecutionResult,
  InputEvent,
  OutputEvent,
} from './execution.ts'
export { isHandle } from './handle.ts'
export type { PythonHandle } from './handle.ts'
export type {
  Environment,
  EnvironmentStatus,
  HostJob,
  HostServer,
  InstalledPackage,
  Progress,
  Runtime,
  ServerEndpoint,
} from './host/models.ts'
export type { Environments, HostJobs, Runtimes, Servers, ServerToStart, WhichEnvironment } from './host/nouns.ts'
export type { HostWork, WorkOptions } from './host/work.ts'
export {
  frozenSet,
  PythonComplex,
  pythonDate,
  pythonDecimal,
  PythonFloat,
  pythonFloat,
  pythonPath,
  PythonText,
  pythonTime,
  PythonTimedelta,
  pythonUuid,
  tuple,
} from './values/python-values.ts'
export type { PythonTextKind } from './values/python-values.ts'
export type { PythonSession, SessionInfo, SessionOptions } from './session.ts'
export { ArrowTable, arrowTable } from './values/tables.ts'
