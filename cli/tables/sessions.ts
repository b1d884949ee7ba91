import type { HandleList, Session } from '../../contract/index.ts'
import { fields, table } from '../text/table.ts'
import { bytes, localTime, span } from '../text/units.ts'

export function sessionsTable(sessions: readonly Session[], now: number): string {
  return table(sessions, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'name', cell: ({ name }) => name ?? '' },
    { title: 'age', cell: ({ createdAt }) => span((now - Date.parse(createdAt)) / 1000), align: 'right' },
    { title: 'idle', cell: ({ idleSeconds }) => span(idleSeconds), align: 'right' },
    { title: 'requests', cell: ({ requests }) => String(requests), align: 'right' },
    { title: 'handles', cell: ({ handles }) => String(handles), align: 'right' },
    { title: 'process', cell: ({ pid }) => (pid === null ? 'shared' : `own, pid ${pid}`) },
  ])
}

export function sessionFields(session: Session): string {
  const { timeoutSeconds, memoryLimitBytes, workingFolder } = session
  return fields([
    ['id', session.id],
    ['name', session.name ?? ''],
    ['process', session.pid === null ? 'shared with others' : `its own, pid ${session.pid}`],
    ['opened', localTime(session.createdAt)],
    ['lease', `${span(session.leaseSeconds)} without use`],
    ['handles', `${session.handles}, at most ${session.handleLimit}`],
    ...(workingFolder === null ? [] : [['folder', workingFolder] as const]),
    ...(timeoutSeconds === null ? [] : [['time limit', `${span(timeoutSeconds)} a request`] as const]),
    ...(memoryLimitBytes === null ? [] : [['memory', `at most ${bytes(memoryLimitBytes)}`] as const]),
  ])
}

export function handlesTable({ handles }: HandleList): string {
  return table(handles, [
    { title: 'id', cell: ({ id }) => id },
    { title: 'type', cell: ({ typeName }) => typeName },
    { title: 'shown as', cell: ({ repr }) => repr },
  ])
}
