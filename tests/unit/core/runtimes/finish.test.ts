import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { patchPkgConfig, patchSysconfig } from '../../../../core/runtimes/install/finish.ts'
import { localPython } from '../../../tools/test-python.ts'

const record = `build_time_vars = {'AR': 'llvm-ar',
 'BLDSHARED': 'clang -pthread -shared -L/install/lib '
              '-Wl,-rpath,/install/lib',
 'CC': '/tools/clang-linux64/bin/clang -pthread',
 'CFLAGS': '-O3 -isysroot /Applications/Xcode.app/MacOSX.sdk -I/install/include/python3.12',
 'CONFIG_ARGS': "'--prefix=/install' 'CC=clang' '--other=/installation'",
 'CXX': 'clang++ -pthread',
 'LDSHARED': 'musl-clang -shared',
 'LIBDIR': '/install/lib',
 'prefix': '/install',
 'srcdir': '/usr/install/x'}
`

/** What Python makes of the patched record. */
function patched(prefix: string): Record<string, string> {
  const code =
    'import json, sys; scope = {}; exec(sys.stdin.read(), scope); print(json.dumps(scope["build_time_vars"]))'
  const text = execFileSync(localPython(), ['-I', '-X', 'utf8', '-c', code], {
    encoding: 'utf8',
    input: patchSysconfig(record, prefix),
  })
  return JSON.parse(text) as Record<string, string>
}

it.each(['/home/zoë/my runtimes/x', "/home/o'brien/back\\slash", '/say "hi"'])(
  'writes the real folder %s, and the usual compilers',
  (prefix) => {
    expect(patched(prefix)).toEqual({
      AR: 'ar',
      BLDSHARED: `cc -pthread -shared -L${prefix}/lib -Wl,-rpath,${prefix}/lib`,
      CC: 'cc -pthread',
      CFLAGS: `-O3 -I${prefix}/include/python3.12`,
      CONFIG_ARGS: `'--prefix=${prefix}' 'CC=clang' '--other=/installation'`,
      CXX: 'c++ -pthread',
      LDSHARED: 'cc -shared',
      LIBDIR: `${prefix}/lib`,
      prefix,
      srcdir: '/usr/install/x',
    })
  },
)

it('lets pkg-config files find their folder themselves', () => {
  expect(patchPkgConfig('# x\nprefix=/install\nlibdir=${prefix}/lib\n')).toBe(
    '# x\nprefix=${pcfiledir}/../..\nlibdir=${prefix}/lib\n',
  )
})
