import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createRedact, createSecrets, isSecretName } from '../../../../core/events/index.ts'

const plain = createRedact({ mask: createSecrets().mask })

describe('names', () => {
  it.each([
    'HF_TOKEN',
    'token',
    '--token',
    'OPENAI_API_KEY',
    'api-key',
    'apikey',
    'AWS_SECRET_ACCESS_KEY',
    'awsSecretAccessKey',
    'DB_PASSWORD',
    'dbPassword',
    'PG_PASSWORD_FILE',
    'DB_PWD',
    'DB_PASS',
    'GITHUB_PAT',
    'client_secret',
    'passphrase',
    'authToken',
    '_auth',
    'Set-Cookie',
    'private.key',
    'sig',
    'PGPASSWORD',
    'SSHPASS',
    'TS_AUTHKEY',
    'clientsecret',
    'accesstoken',
    'TOKEN2',
    'DB_PASS2',
  ])('%s is the name of a secret', (name) => expect(isSecretName(name)).toBe(true))

  it.each([
    'PWD',
    'OLD',
    'PATH',
    'PASS',
    'auth',
    'key',
    'KEYBOARD',
    'primary_key',
    'max_tokens',
    'tokenizer',
    'XAUTHORITY',
    'SSH_AUTH_SOCK',
    'compass',
    'author',
    'signal',
    'ENCOMPASS',
    'primarykey',
    'pattern',
  ])('%s is not', (name) => expect(isSecretName(name)).toBe(false))
})

describe('texts', () => {
  it.each([
    ['export HF_TOKEN=hf-abc && run', 'export HF_TOKEN=*** && run'],
    ['{"token":"a b c","port":5678}', '{"token":"***","port":5678}'],
    ['{"password": "a \\" b", "x": 1}', '{"password": "***", "x": 1}'],
    ['"{\\"apiKey\\":\\"abc\\",\\"x\\":1}"', '"{\\"apiKey\\":\\"***\\",\\"x\\":1}"'],
    ["{'client_secret': 'abc', 'id': 7}", "{'client_secret': '***', 'id': 7}"],
    ['"password": "cut off in the mid', '"password": "***'],
    ['password: hunter2', 'password: ***'],
    ['config: password=abc', 'config: password=***'],
    ['x={"a": {"token": "abc"}}', 'x={"a": {"token": "***"}}'],
    ["env: {'HF_TOKEN': 'abc', 'DB_PWD': 'def'}", "env: {'HF_TOKEN': '***', 'DB_PWD': '***'}"],
    ['run --token abc --port 1', 'run --token *** --port 1'],
    ['run --api-key=abc', 'run --api-key=***'],
    ['GET /x?user=me&token=abc&page=2', 'GET /x?user=me&token=***&page=2'],
    ['https://zoe:p4ss@packages.example/simple', 'https://***@packages.example/simple'],
    ['PIP_INDEX_URL=https://token@packages.example/simple', 'PIP_INDEX_URL=https://***@packages.example/simple'],
    ['proxy zoe:p4ss@proxy.example:8080 refused', 'proxy ***@proxy.example:8080 refused'],
    ["proxy zoe:it's-me@proxy.example refused", 'proxy ***@proxy.example refused'],
    ["http://zoe:it's-me@proxy.example/", 'http://***@proxy.example/'],
    ['Authorization: Digest username="zoe", response="abc"\nnext', 'Authorization: ***\nnext'],
    ['Authorization: Token token="s3cret"', 'Authorization: ***'],
    ['Cookie: sid="abc"; other=d', 'Cookie: ***'],
    ['{"Cookie": "sid=\\"abc\\"; x=y", "id": 7}', '{"Cookie": "***", "id": 7}'],
    ["{'Authorization': 'Token \"abc\"', 'id': 7}", "{'Authorization': '***', 'id': 7}"],
    ['"{\\"authorization\\":\\"Token abc\\",\\"x\\":1}"', '"{\\"authorization\\":\\"***\\",\\"x\\":1}"'],
    ['Authorization: Bearer abc.def', 'Authorization: ***'],
    ['Set-Cookie: sid=abc; Path=/', 'Set-Cookie: ***'],
    ['Proxy-Authorization: Basic em9lOnA=', 'Proxy-Authorization: ***'],
    [`ghp_${'a1'.repeat(18)}!`, '***!'],
    [`key sk-${'a1'.repeat(12)}.`, 'key ***.'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl', '***'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nafter', '(a private key) ***\nafter'],
    ['-----BEGIN PRIVATE KEY-----\nMIIE', '(a private key) ***'],
  ])('%j has no secret afterwards', (text, shown) => expect(plain(text)).toBe(shown))

  it.each([
    'total_tokens=512, max_tokens: 1024',
    "KeyError: 'name'",
    '{"auth":"token","hasCredentials":true,"token":null}',
    'token = None',
    '{"cookie":null,"status":401}',
    '{"cookie": null, "status": 401}',
    "{'mail': 'zoe@example.com', 'x': 1}",
    'File "app.py", line 3, in <module>',
    'C:\\Program Files\\Python\\python.exe -I -X utf8',
    'mail zoe@example.com',
    'git@example.com:team/project.git',
    'a token that was not taken',
    '2026-01-31T09:05:00.000Z host event launching pool: /usr/bin/python3 -I',
  ])('%j stays as it is', (text) => expect(plain(text)).toBe(text))

  it('have no token that is good right now', () => {
    const secrets = createSecrets()
    const token = randomBytes(32).toString('base64url')
    secrets.add(token)
    expect(createRedact({ mask: secrets.mask })(`it is ${token}.`)).toBe('it is ***.')
  })

  it('have no password that is known, as it is written or as an address has it', () => {
    const redact = createRedact({ mask: createSecrets().mask, credentials: ['zo%C3%AB:p%40ss%20word', 'a:b'] })
    expect(redact('zo%C3%AB:p%40ss%20word, p%40ss%20word, p@ss word, zoë:p@ss word')).toBe('***, ***, ***, ***')
    expect(redact('a:b and b')).toBe('a:b and b')
  })

  // A pattern that looks back again and again would take minutes here, and the test would run out of time.
  it.each(['a', 'a.', '"', '\\"', '-a ', 'a:', 'token=', 'a b:', '://', '@', '/', 'eyJ', 'cookie', 'cookie:"" '])(
    'of one long line of %j are read to their end',
    (piece) => expect(plain(`${piece.repeat(131_072 / piece.length)} token=abc`).slice(-10)).toBe(' token=***'),
  )
})

describe('the home folder', () => {
  const at = (...homes: string[]) => createRedact({ mask: createSecrets().mask, homes })

  it.each([
    ['/home/zoë/.beep-python/logs', '~/.beep-python/logs'],
    ['in /home/zoë.', 'in ~.'],
    ['"/home/zoë"', '"~"'],
    ['file:///home/zo%C3%AB/x', 'file://~/x'],
    ['/home/zoë-old and /home/zoëy and /home/zoë.bak', '/home/zoë-old and /home/zoëy and /home/zoë.bak'],
    ['/mnt/home/zoë/x', '/mnt/home/zoë/x'],
  ])('on Unix: %s', (text, shown) => expect(at('/home/zoë/')(text)).toBe(shown))

  it.each([
    ['C:\\Users\\Zoë\\AppData', '~\\AppData'],
    ['c:/users/zoë/AppData', '~/AppData'],
    ['"C:\\\\Users\\\\Zoë\\\\AppData"', '"~\\\\AppData"'],
    ['C:\\Users\\Zoëy', 'C:\\Users\\Zoëy'],
  ])('on Windows: %s', (text, shown) => expect(at('C:\\Users\\Zoë')(text)).toBe(shown))

  it('that is the root of a disk is nobody’s', () => {
    expect(at('/', 'C:\\', '')('/usr/bin C:\\Windows')).toBe('/usr/bin C:\\Windows')
  })

  it('has several names, of which the longest counts', () => {
    expect(at('/home/zoe', '/data/home/zoe')('/data/home/zoe/x /home/zoe/y')).toBe('~/x ~/y')
  })
})

describe('what is written as JSON', () => {
  it('has no secret at any depth, and is the same otherwise', () => {
    const servers = [
      { name: 'a', spec: { auth: 'token', port: 1 }, endpoint: { transport: 'http', token: 'abc' }, error: null },
      { argv: ['run', '--token', 'abc', '-v'], variables: { DB_PASSWORD: 1234, HF_HOME: '/x' }, secrets: ['a'] },
      { hasCredentials: true, token: null, password: '', at: 5, more: undefined },
    ]
    expect(plain(servers)).toEqual([
      { name: 'a', spec: { auth: 'token', port: 1 }, endpoint: { transport: 'http', token: '***' }, error: null },
      { argv: ['run', '--token', '***', '-v'], variables: { DB_PASSWORD: '***', HF_HOME: '/x' }, secrets: '***' },
      { hasCredentials: true, token: null, password: '', at: 5, more: undefined },
    ])
  })
})
