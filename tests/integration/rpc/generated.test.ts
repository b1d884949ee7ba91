import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { root } from '../../architecture/source-files.ts'
import { generated, generateStubs } from '../../tools/generate-stubs.ts'
import { tempFolder } from '../../tools/temp-folder.ts'

it('what is committed is what `npm run proto` makes of the proto', () => {
  const made = tempFolder()
  generateStubs(made)
  const files = [
    generated.typescript,
    ...readdirSync(path.join(made, generated.python)).map((file) => `${generated.python}/${file}`),
  ]
  expect(files).toHaveLength(3)
  const text = (folder: string, file: string) => readFileSync(path.join(folder, file), 'utf8')
  for (const file of files) expect(text(root, file), `${file}: run \`npm run proto\``).toBe(text(made, file))
})
