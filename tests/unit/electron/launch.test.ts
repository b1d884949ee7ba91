import path from 'node:path'
import { expect, it } from 'vitest'
import { readLaunch } from '../../../electron/launch.ts'

const plain = { home: undefined, isHidden: false, link: undefined }

it.each([
  [[], plain],
  [['.', '--inspect=0', '-r', 'x.cjs'], plain],
  [['--hidden'], { ...plain, isHidden: true }],
  [['--home', 'dàta root'], { ...plain, home: path.resolve('/work', 'dàta root') }],
  [['--home=/data', '--hidden'], { ...plain, home: path.resolve('/data'), isHidden: true }],
  // Chromium sorts words: a value may have gone astray, and an option is no folder.
  [['--home', '--hidden'], { ...plain, isHidden: true }],
  [['--home'], plain],
  [['--home='], plain],
  [['beep-python://servers/demo'], { ...plain, link: 'beep-python://servers/demo' }],
  [['BEEP-PYTHON:x'], { ...plain, link: 'BEEP-PYTHON:x' }],
  // What a link on a web page brings along is not ours.
  [['--hidden', 'beep-python://a', '--home', '/etc'], { ...plain, isHidden: true, link: 'beep-python://a' }],
])('reads %j', (argv, launch) => {
  expect(readLaunch(argv, '/work')).toEqual(launch)
})
