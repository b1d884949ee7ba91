// Runs Python from TypeScript, in a running server of any transport: `node main.ts demo`
import { connect, PythonError } from '@beep-python/client'

const [name = 'demo'] = process.argv.slice(2)

// Address and token are found by the server's name, in its endpoint file.
await using python = await connect(name)

const area = await python.evaluate<number>('import math\nround(math.pi * r ** 2, 2)', { r: 4 })
console.log(`area: ${area}`)

for await (const event of python.execute('for n in range(3): print(n)')) {
  if (event.type === 'output') process.stdout.write(event.text)
}

try {
  await python.evaluate('1 / 0')
} catch (error) {
  if (!(error instanceof PythonError)) throw error
  console.log(`error: ${error.message}`)
}
