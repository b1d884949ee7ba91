import type { HandleList, ListedHandle } from './python-calls.ts'
import { isJsonObject } from './values/json.ts'
import type { JsonObject } from './values/json.ts'

export function listedHandles({ handles, count }: JsonObject): HandleList {
  const listed = Array.isArray(handles) ? handles.filter(isJsonObject).map(listedHandle) : []
  return { handles: listed, count: typeof count === 'number' ? count : listed.length }
}

function listedHandle({ handleId, typeName, repr }: JsonObject): ListedHandle {
  return { id: String(handleId), typeName: String(typeName), repr: String(repr) }
}
