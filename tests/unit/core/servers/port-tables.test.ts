import { expect, test } from 'vitest'
import {
  isConflicting,
  listeningInodes,
  parseLsof,
  parseWindowsHolders,
  socketInode,
  windowsPortQuery,
} from '../../../../core/servers/ports/port-tables.ts'

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
const row = (local: string, state: string, inode: number) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0 0 10 0`

test('listeners that are in the way of 127.0.0.1 are found in /proc/net/tcp', () => {
  const table = [
    header,
    row('0100007F:162E', '0A', 11),
    row('00000000:162E', '0A', 12),
    row('0100007F:162E', '01', 13),
    row('0100007F:1F90', '0A', 14),
    row('0101A8C0:162E', '0A', 15),
    '',
  ].join('\n')
  expect(listeningInodes(table, 5678)).toEqual(['11', '12'])
})

test('and in tcp6: every address, and the mapped ones', () => {
  const table = [
    header,
    row('00000000000000000000000000000000:162E', '0A', 21),
    row('0000000000000000FFFF00000100007F:162E', '0A', 22),
    row('00000000000000000000000001000000:162E', '0A', 23),
  ].join('\n')
  expect(listeningInodes(table, 5678)).toEqual(['21', '22'])
})

test('a listener on another address of the machine is not in the way', () => {
  expect(['127.0.0.1', '::', '*'].every(isConflicting)).toBe(true)
  expect(['::1', '192.168.1.1', '127.0.0.2'].some(isConflicting)).toBe(false)
})

test('what a file descriptor points at', () => {
  expect(socketInode('socket:[4711]')).toBe('4711')
  expect(socketInode('pipe:[4711]')).toBeUndefined()
  expect(socketInode('/dev/null')).toBeUndefined()
})

test('lsof: each process once, only those in the way', () => {
  const text =
    'p100\ncnode\nf20\nn127.0.0.1:5678\nf21\nn[::]:5678\np200\ncPython\nf3\nn192.168.1.5:5678\np300\ncjava\nf9\nn*:5678\n'
  expect(parseLsof(text, 5678)).toEqual([
    { pid: 100, program: 'node' },
    { pid: 300, program: 'java' },
  ])
  expect(parseLsof('', 5678)).toEqual([])
})

test('Windows: one row, several, none', () => {
  const one = '{"LocalAddress":"0.0.0.0","OwningProcess":4,"ProcessName":"System"}'
  expect(parseWindowsHolders(one)).toEqual([{ pid: 4, program: 'System' }])
  const several = `[${one},{"LocalAddress":"::1","OwningProcess":9,"ProcessName":"x"},{"LocalAddress":"127.0.0.1","OwningProcess":8,"ProcessName":null}]`
  expect(parseWindowsHolders(several)).toEqual([
    { pid: 4, program: 'System' },
    { pid: 8, program: null },
  ])
  expect(parseWindowsHolders('\r\n')).toEqual([])
  expect(windowsPortQuery(5678)).toContain('-LocalPort 5678')
})
