import { describe, expect, test } from 'vitest'
import { run } from './fake-io.ts'

describe('wrong usage', () => {
  test.each<[string, string]>([
    ['statsu', "error: Unknown command 'statsu'\nhint: Did you mean status?\n"],
    ['venv creat x', "error: Unknown command 'creat'\nhint: Did you mean create?\n"],
    ['list --jsn', "error: Unknown option '--jsn'\nhint: Did you mean --json?\n"],
    ['start htp', "error: transport cannot be 'htp'\nhint: It must be one of http, pipe, rpc\n"],
    [
      'start http --port x',
      "error: --port <number> cannot be 'x'\nhint: It must be a whole number from 0 to 65535, or usual\n",
    ],
    [
      'start http --port 65536',
      "error: --port <number> cannot be '65536'\nhint: It must be a whole number from 0 to 65535, or usual\n",
    ],
    ['status --timeout 0', "error: --timeout <seconds> cannot be '0'\nhint: It must be a number of seconds above 0\n"],
    ['eval demo', "error: Missing required argument 'code'\nhint: See `beep-host help`, or --help after a verb\n"],
    [
      'status too much',
      "error: Too many arguments for 'status'. Expected 0 arguments but got 2: too, much\nhint: See `beep-host help`, or --help after a verb\n",
    ],
    [
      'start',
      'error: Which server?\nhint: `beep-host start http|pipe|rpc`, or `beep-host start --name NAME` for one that is saved\n',
    ],
    [
      'stop',
      'error: Which server?\nhint: `beep-host stop NAME` or `beep-host stop --all`; `beep-host list` shows the names\n',
    ],
    ['init --from system --mirror /x', 'error: --mirror is for downloads and does not go with --from\n'],
    ['serve --port 5', 'error: --port is for the window, and goes with --ui\n'],
    [
      'config set instaler pip',
      'error: There is no setting "instaler"\nhint: There are defaultRuntime, extraRuntimes, pythonMirror, installer, gpuBackend, offline, proxy, proxyUrl, noProxy, extraCa, packageIndex, serverLogBytes, snapshotsKept, snapshotBytes, theme, closeBehaviour, startAtLogin\n',
    ],
    [
      'exec demo',
      "error: Which code?\nhint: `beep-host exec NAME 'print(1)'`, `beep-host exec NAME -` for stdin, or `beep-host exec NAME --file FILE`\n",
    ],
    [
      'eval demo 1 --local x',
      'error: --local "x" cannot be used: it has no =\nhint: Such as --local n=3 or --local \'name="text"\'\n',
    ],
  ])('%s: code 2, a sentence and a way out', async (line, text) => {
    expect(await run(line.split(' '))).toEqual({ code: 2, stdout: '', stderr: text })
  })

  test('of a family: its help, on stderr', async () => {
    const { code, stdout, stderr } = await run(['venv'])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain('create <name> [spec...]')
    expect(stderr).toMatch(/error: A verb is missing\nhint: .*\n$/u)
  })

  test.each(['statsu --json', '--json venv', 'start htp --json', 'stop --json', 'status --json --timeout x'])(
    '`%s`: one document on stdout, nothing on stderr',
    async (line) => {
      const { code, stdout, stderr } = await run(line.split(' '))
      expect([code, stderr]).toEqual([2, ''])
      expect(JSON.parse(stdout)).toEqual({
        error: {
          code: expect.stringMatching(/^(UNKNOWN_COMMAND|INVALID_PARAMS)$/u),
          message: expect.any(String),
          hint: expect.any(String),
        },
      })
    },
  )

  test('`--json` behind `--` is an argument like any other', async () => {
    expect((await run(['nope', '--', '--json'])).stdout).toBe('')
  })
})

describe('help', () => {
  test('of everything', async () => {
    const { code, stdout, stderr } = await run(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatchSnapshot()
  })

  test('is what no words at all mean', async () => {
    const help = await run(['--help'])
    expect(await run([])).toEqual(help)
    expect(await run(['help'])).toEqual(help)
  })

  test('of a verb', async () => {
    const { code, stdout } = await run(['help', 'start'])
    expect(code).toBe(0)
    expect(stdout).toMatchSnapshot()
  })

  test('the version alone is a number', async () => {
    expect(await run(['--version'])).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/u),
      stderr: '',
    })
  })
})
