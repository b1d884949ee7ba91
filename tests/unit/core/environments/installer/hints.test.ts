import { expect, it } from 'vitest'
import { hintFor } from '../../../../../core/environments/installer/hints.ts'
import type { HintCause } from '../../../../../core/environments/installer/hints.ts'

/** Ends of real outputs of pip 23 to 26 and uv 0.13. */
const outputs: readonly (readonly [HintCause, string, string])[] = [
  [
    'conflict',
    'uv, a requirement and a constraint',
    'error: No solution found when resolving dependencies\n  cause: Because you require shared>=2 and shared>=1.0,<2, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'conflict',
    'uv, the same over several steps',
    'error: No solution found when resolving dependencies\n  cause: Because only the following versions of shared are available:\n             shared<=1.5\n             shared>=2\n         and you require shared>1.5, we can conclude that you require shared>=2.\n         And because you require shared<2, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'unreachable',
    'pip, an index that is out of order',
    "ERROR: Could not fetch http://127.0.0.1:9503/simple/six/: HTTPConnectionPool(host='127.0.0.1', port=9503): Max retries exceeded with url: /simple/six/ (Caused by ResponseError('too many 503 error responses')) - skipping",
  ],
  [
    'no-match',
    'uv, unknown name',
    'error: No solution found when resolving dependencies\n  cause: Because nope was not found in the package registry and you require nope, we can conclude that your\n      requirements are unsatisfiable.',
  ],
  [
    'no-match',
    'uv, unknown name that another package needs',
    'error: No solution found when resolving dependencies\n  cause: Because nope was not found in the package registry and all versions of web depend on nope, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'no-match',
    'uv, unknown version',
    'error: No solution found when resolving dependencies\n  cause: Because only six<=1.17.0 is available and you require six>=99, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'no-match',
    'pip, unknown name',
    'ERROR: Could not find a version that satisfies the requirement nope (from versions: none)\nERROR: No matching distribution found for nope',
  ],
  [
    'no-match',
    'pip, unknown version',
    'ERROR: Could not find a version that satisfies the requirement six==99 (from versions: 1.16.0, 1.17.0)\nERROR: No matching distribution found for six==99',
  ],
  [
    'conflict',
    'uv',
    'error: No solution found when resolving dependencies\n  cause: Because requests>=2.32.2 depends on idna>=2.5 and only requests<=2.32.2 is available, we can conclude that requests>=2.32.0\n         depends on idna>=2.5.\n         And because you require idna<2 and requests>=2.32, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'conflict',
    'pip',
    'ERROR: Cannot install idna<2 and requests because these package versions have conflicting dependencies.\nERROR: ResolutionImpossible: for help visit …',
  ],
  [
    'certificate',
    'pip',
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:1020)'))': /simple/six/\nERROR: No matching distribution found for six",
  ],
  [
    'certificate',
    'uv',
    'error: Failed to fetch: https://localhost/simple/six/\n  cause: error sending request for url (https://localhost/simple/six/)\n  cause: client error (Connect)\n  cause: invalid peer certificate: UnknownIssuer',
  ],
  [
    'proxy',
    'pip',
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy Authentication Required'))': /simple/six/\nERROR: Could not find a version that satisfies the requirement six (from versions: none)",
  ],
  [
    'proxy',
    'uv',
    'error: Failed to fetch: https://x/simple/six/\n  cause: client error (Connect)\n  cause: tunnel error: proxy authorization required',
  ],
  [
    'unreachable',
    'pip',
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<…>: Failed to establish a new connection: [Errno -2] Name or service not known')': /simple/six/\nERROR: No matching distribution found for six",
  ],
  ['unreachable', 'uv', 'error: Failed to fetch: http://x/six/\n  cause: client error (Connect)\n  cause: dns error'],
  [
    'unreachable',
    'uv, a server in trouble',
    'error: Failed to fetch: http://x/six/\n  cause: HTTP status server error (503 Service Unavailable) for url (http://x/six/)',
  ],
  [
    'credentials',
    'uv',
    'error: No solution found when resolving dependencies\n  cause: Because six was not found in the package registry and you require six, we can conclude that your requirements are unsatisfiable.\n\nhint: An index URL (http://x/simple) could not be queried due to a lack of valid authentication credentials (401 Unauthorized)',
  ],
  [
    'disk-full',
    'pip',
    'Installing collected packages: numpy\nERROR: Could not install packages due to an OSError: [Errno 28] No space left on device',
  ],
  [
    'disk-full',
    'uv',
    'error: Failed to install: numpy.whl (numpy==2.0.2)\n  cause: failed to copy file from /a to /b: No space left on device (os error 28)',
  ],
  [
    'hash',
    'pip',
    'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE. If you have updated the package versions, please update the hashes.',
  ],
  ['hash', 'uv', 'error: Failed to download `x==1.0`\n  cause: Hash mismatch for `x==1.0`'],
  [
    'no-compiler',
    'setuptools',
    "  error: command 'x86_64-linux-gnu-gcc' failed: No such file or directory\nERROR: Failed building wheel for x",
  ],
  ['no-compiler', 'Windows', 'error: Microsoft Visual C++ 14.0 or greater is required. Get it with "Build Tools"'],
  ['no-compiler', 'meson', "../meson.build:1:0: ERROR: Unknown compiler(s): [['cc'], ['gcc'], ['clang']]"],
  ['no-compiler', 'rust', "error: can't find Rust compiler"],
  ['build', 'pip', 'error: metadata-generation-failed\n× Encountered error while generating package metadata.'],
  ['build', 'uv', 'error: Failed to build `x==1.0`\n  cause: The build backend returned an error'],
  [
    'python-version',
    'pip',
    'ERROR: Ignored the following versions that require a different python version: 1.0 Requires-Python >=4.0\nERROR: No matching distribution found for x',
  ],
  [
    'python-version',
    'uv',
    'cause: Because the current Python version (3.9.18) does not satisfy Python>=3.10 and x==1.0 depends on Python>=3.10, we can conclude that your requirements are unsatisfiable.',
  ],
  [
    'held',
    'Windows',
    "ERROR: Could not install packages due to an OSError: [WinError 5] Access is denied: 'C:\\x\\y.pyd'",
  ],
]

it.each(outputs)('%s: %s', (cause, _what, output) => {
  const found = hintFor(output.split('\n'))
  expect(found?.cause).toBe(cause)
  expect(found?.hint).toMatch(/\.$/u)
})

it('has nothing to say about what it does not know', () => {
  expect(hintFor([])).toBeUndefined()
  expect(hintFor(['Segmentation fault'])).toBeUndefined()
})
