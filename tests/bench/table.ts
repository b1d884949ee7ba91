import { attacks } from './attacks.ts'
import { floatCount } from './contenders.ts'
import type { Figures } from './figures.ts'

type Row = readonly [what: string, ours: string, against: string, theirs: string, ratio: string]

/** Every figure of the run, as the page shows it; without the rows of which nothing was measured. */
export function markdownTable(figures: Figures): string {
  const head = [
    ['what', 'ours', 'against', 'theirs', 'ratio'],
    ['---', '--:', '---', '--:', '--:'],
  ]
  const measured = rowsOf(figures).filter((row) => !row.some((text) => text.includes('NaN')))
  return [...head, ...measured].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function rowsOf(figures: Figures): readonly Row[] {
  const micro = (name: string) => `${figures.of(name).toFixed(0)} µs`
  const milli = (name: string) => `${figures.of(name).toFixed(0)} ms`
  const fine = (name: string) => `${figures.of(name).toFixed(2)} ms`
  const rate = (name: string) => `${(figures.of(name) / 1000).toFixed(1)} k/s`
  const speed = (name: string) => `${((floatCount * 8) / figures.of(name) / 1000).toFixed(0)} MB/s`
  const size = (bytes: number) => `${bytes.toFixed(1)} MiB`
  const per = (ours: string, theirs: string) => `${(figures.of(ours) / figures.of(theirs)).toFixed(2)}×`
  const more = (text: string) => `${text} (more is better)`

  /** A row against each yardstick; the first names what is measured. */
  const rows = (
    what: string,
    show: (name: string) => string,
    ours: string,
    ...against: readonly (readonly [string, string])[]
  ) =>
    against.map(([title, theirs], index): Row => [
      index === 0 ? what : '',
      index === 0 ? show(ours) : '',
      title,
      show(theirs),
      per(ours, theirs),
    ])
  const throughput = (what: string, ours: string, title: string, theirs: string): Row => [
    what,
    rate(ours),
    title,
    rate(theirs),
    more(per(ours, theirs)),
  ]
  const floats = (transport: string): Row => [
    `1 M float64, ${transport}`,
    speed(`${transport} floats`),
    'raw Unix socket',
    speed('minimal floats'),
    more(per('minimal floats', `${transport} floats`)),
  ]
  const alone = (what: string, ours: string): Row => [what, ours, '', '', '']

  const fastApi = 'bare FastAPI, own process'
  const grpc = 'bare grpcio, own process'
  const minimal = 'minimal inline server'
  return [
    ...rows(
      'new environment',
      milli,
      'venv ours',
      ['`python -m venv`', 'venv module'],
      ['`python -m venv --without-pip`', 'venv module bare'],
    ),
    ...rows('pipe evaluate, p50', micro, 'pipe p50', ['raw Unix-socket echo', 'raw p50'], [minimal, 'minimal p50']),
    ...rows('pipe evaluate, p99', micro, 'pipe p99', ['raw Unix-socket echo', 'raw p99'], [minimal, 'minimal p99']),
    throughput('pipe evaluate, 8 in flight', 'pipe rps', minimal, 'minimal rps'),
    ...rows('http evaluate, p50', micro, 'http p50', [fastApi, 'fastapi p50']),
    ...rows('http evaluate, p99', micro, 'http p99', [fastApi, 'fastapi p99']),
    throughput('http evaluate, 8 in flight', 'http rps', fastApi, 'fastapi rps'),
    ...rows('rpc evaluate, p50', micro, 'rpc p50', [grpc, 'grpc p50']),
    ...rows('rpc evaluate, p99', micro, 'rpc p99', [grpc, 'grpc p99']),
    throughput('rpc evaluate, 8 in flight', 'rpc rps', grpc, 'grpc rps'),
    floats('pipe'),
    floats('http'),
    floats('rpc'),
    ...rows('start to first reply, pipe', milli, 'pipe start', [minimal, 'minimal start']),
    ...rows(
      'start to first reply, http',
      milli,
      'http start',
      [minimal, 'minimal start'],
      ['bare FastAPI', 'fastapi start'],
    ),
    ...rows('start to first reply, rpc', milli, 'rpc start', [minimal, 'minimal start'], ['bare grpcio', 'grpc start']),
    alone('ping while pure Python runs, p50', fine('ping p50')),
    alone('ping while pure Python runs, p99', fine('ping p99')),
    [
      'call in 100 sessions × 10 handles, p99',
      micro('sessions p99'),
      'in one session',
      micro('session p99'),
      per('sessions p99', 'session p99'),
    ],
    ...attacks.map(({ name }): Row => [
      `call of others while a session is under ${name}, p99`,
      micro(`${name} with`),
      'without it',
      micro(`${name} without`),
      per(`${name} with`, `${name} without`),
    ]),
    [
      'call in own processes while the shared worker dies and dies, p99',
      micro('worker with'),
      'without it',
      micro('worker without'),
      per('worker with', 'worker without'),
    ],
    alone('memory left by 100 closed sessions', size(figures.of('sessions growth'))),
    alone('idle worker, over a bare interpreter', size(figures.of('memory worker') - figures.of('memory bare'))),
    alone('idle http front', size(figures.of('memory http'))),
    alone('idle rpc front', size(figures.of('memory rpc'))),
  ]
}
