import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { tempFolder } from '../../tools/temp-folder.ts'
import { packagesIn, preparePackages } from './package-bench.ts'
import { onlyFrom, writeWheel } from './wheels.ts'
import { openWith, withEachInstaller } from './with-installers.ts'
import { failureOf, recordJob } from './workbench.ts'

const name = 'é 1'

withEachInstaller((installer) => {
  const prepare = (...packages: string[]) => preparePackages(installer, packages)

  it('writes the packages down, and installs what was written down', async () => {
    const { bench, versions } = await prepare('free', 'Old_School')
    const { text, count } = await bench.environments.exportPackages(name)
    expect(text.split('\n').slice(1)).toEqual(['free==1.0', 'Old_School==1.0', 'shared==1.0', ''])
    expect(count).toBe(3)
    await bench.environments.create({ name: 'second', packages: [] }, recordJob())
    const filled = await bench.environments.importPackages(
      { name: 'second', text: `${text}# more\r\nlonely\r\n` },
      recordJob(),
    )
    expect(filled.requirements).toEqual(['free==1.0', 'Old_School==1.0', 'shared==1.0', 'lonely'])
    const there = Object.fromEntries(
      (await bench.environments.packages('second')).map((one) => [one.name, one.version]),
    )
    expect(there).toEqual({ ...(await versions()), lonely: '1.0' })
    const again = await bench.environments.exportPackages('second')
    expect(again.text.split('\n').slice(1)).toEqual(['free==1.0', 'lonely==1.0', 'Old_School==1.0', 'shared==1.0', ''])
  })

  it('imports nothing of a text with one bad line', async () => {
    const { bench, versions } = await prepare()
    const text = 'lonely\n# fine\n-r other.txt\n'
    const failure = await failureOf(bench.environments.importPackages({ name, text }, recordJob()))
    expect(failure).toMatchObject({ code: 'INVALID_PARAMS', details: { lines: [{ line: 3, text: '-r other.txt' }] } })
    const empty = await failureOf(bench.environments.importPackages({ name, text: '# nothing\n' }, recordJob()))
    expect(empty.code).toBe('INVALID_PARAMS')
    expect(await versions()).toEqual({})
  })

  it('installs a list that is longer than a command line', async () => {
    const wheels = path.join(tempFolder(), 'wheels')
    const names = Array.from({ length: 60 }, (_, index) => `package-with-quite-a-long-name-${'x'.repeat(120)}-${index}`)
    for (const one of names) writeWheel(wheels, { name: one, version: '1.0' })
    const bench = await openWith(installer, { env: () => onlyFrom(wheels) })
    await bench.environments.create({ name, packages: [] }, recordJob())
    const text = names.map((one) => `${one}==1.0`).join('\n')
    const filled = await bench.environments.importPackages({ name, text }, recordJob())
    expect(filled.requirements).toHaveLength(60)
    expect(await bench.environments.packages(name)).toHaveLength(60)
    expect(readdirSync(bench.layout.staging)).toEqual([])
  })
})

withEachInstaller((installer) => {
  it('writes the packages down with hashes, and installs those very files, or nothing', async () => {
    const { bench, versions } = await preparePackages(installer, ['free'])
    const locked = await bench.environments.lockPackages(name, recordJob())
    expect(locked.count).toBe(2)
    expect(locked.text).toMatch(
      /^# .*\nfree==1\.0 \\\n {4}--hash=sha256:[\da-f]{64}\nshared==1\.0 \\\n {4}--hash=sha256:[\da-f]{64}\n$/u,
    )
    await bench.environments.create({ name: 'second', packages: [] }, recordJob())
    await bench.environments.importPackages({ name: 'second', text: locked.text }, recordJob())
    expect(await packagesIn(bench, 'second')).toEqual(await versions())

    // The file there is another one than the one that was locked.
    const other = locked.text.replace(/(shared==1\.0 \\\n +--hash=sha256:)[\da-f]+/u, `$1${'0'.repeat(64)}`)
    await bench.environments.create({ name: 'third', packages: [] }, recordJob())
    const failure = await failureOf(bench.environments.importPackages({ name: 'third', text: other }, recordJob()))
    expect(failure).toMatchObject({ code: 'PACKAGES_FAILED', details: { cause: 'hash', isRolledBack: true } })
    expect(await bench.environments.packages('third')).toEqual([])
  })
})
