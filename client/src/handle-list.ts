import type { HandleList, ListedHandle } from './backend.ts'
import { isJsonObject } from './json.ts'
import type { JsonObject } from './json.ts'

export function listedHandles({ handles, count }: JsonObject): HandleList {
  const listed = Array.isArray(handles) ? handles.filter(isJsonObject).map(listedHandle) : []
  return { handles: listed, count: typeof count === 'number' ? count : listed.length }
}

function listedHandle({ handleId, typeName, repr }: JsonObject): ListedHandle {
  return { id: String(handleId), typeName: String(typeName), repr: String(repr) }
}
