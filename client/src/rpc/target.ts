/** Where a gRPC server is. Apart from the transport, which loads a package that not everybody has. */
export interface RpcTarget {
  /** `127.0.0.1:50051` */
  readonly address: string
  readonly token: string | undefined
  /** Why there is no token, for the error that follows from it. */
  readonly tokenHint?: string | undefined
}
