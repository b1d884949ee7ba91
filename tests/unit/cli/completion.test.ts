import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { run } from './fake-io.ts'

/** What bash offers after these words, asked as bash asks. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { stdout: script } = await run(['completion', 'bash'])
  const asked = `COMP_WORDS=(beep-host "$@"); COMP_CWORD=$#; _beep_host; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', `${script}\n${asked}`, 'bash', ...words], { encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.split('\n').filter((line) => line !== '')
}

const hasBash = spawnSync('bash', ['--version']).status === 0

describe.runIf(hasBash)('bash completes', () => {
  test('verbs', async () => {
    expect(await offered('st')).toEqual(['start', 'stop', 'status', 'storage'])
    expect(await offered('env')).toEqual(['environments'])
  })

  test('the verbs of a noun, under both of its names, whatever options stand between', async () => {
    expect(await offered('venv', 'cr')).toEqual(['create'])
    expect(await offered('--json', 'environments', 'cr')).toEqual(['create'])
    expect(await offered('config', '')).toEqual(['get', 'set', 'reset', 'export', 'import'])
  })

  test('options, those of the verb and those of all', async () => {
    expect(await offered('start', '--w')).toEqual(['--workers'])
    expect(await offered('start', 'http', '--w')).toEqual(['--workers'])
    expect(await offered('venv', 'create', 'demo', '--r')).toEqual(['--runtime'])
    expect(await offered('nonsense', '--j')).toEqual([])
  })
})

test('fish and zsh get a script of their own kind', async () => {
  const fish = (await run(['completion', 'fish'])).stdout
  expect(fish).toContain("complete -c beep-host -f -n '__fish_use_subcommand' -a 'init start ")
  expect(fish).toContain("'__fish_seen_subcommand_from venv; and __fish_seen_subcommand_from create' -l runtime")
  expect((await run(['completion', 'zsh'])).stdout).toContain('bashcompinit')
  expect((await run(['completion', 'csh'])).code).toBe(2)
})
