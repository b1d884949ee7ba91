import type { Endpoint } from '../../contract/index.ts'

/** What a client program types to reach it. */
export function addressOf(endpoint: Endpoint): string {
  switch (endpoint.transport) {
    case 'http':
      return endpoint.url
    case 'pipe':
      return endpoint.path
    case 'rpc':
      return endpoint.address
  }
}
