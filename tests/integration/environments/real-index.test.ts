import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { openWith, withEachInstaller } from './with-installers.ts'
import { recordJob } from './workbench.ts'

// With this machine's own configuration, from the index that it names.
withEachInstaller((installer) => {
  it('installs real packages, and others later into the same environment', async () => {
    const bench = await openWith(installer)
    await bench.environments.create({ name: 'Wirklich echt', packages: ['six>=1.16'] }, recordJob())
    const job = recordJob()
    const after = await bench.environments.install({ name: 'Wirklich echt', packages: ['idna', 'six'] }, job)
    expect(after).toMatchObject({ state: 'ready', requirements: ['idna', 'six'] })
    const packages = await bench.environments.packages('Wirklich echt')
    expect(packages.map((one) => one.name)).toEqual(['idna', 'six'])
    const print = 'import idna, six; print(idna.__version__, six.__version__)'
    const versions = execFileSync(after.executable, ['-I', '-c', print], { encoding: 'utf8' })
    expect(versions.trim()).toBe(packages.map((one) => one.version).join(' '))
    expect(job.told.map((progress) => progress.title)).toContain('Installing idna, six into Wirklich echt')
    expect(job.told.some((progress) => progress.detail?.includes('idna') || progress.detail?.includes('package'))).toBe(
      true,
    )
  })
})
