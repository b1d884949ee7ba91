export type JsonObject = Readonly<Record<string, unknown>>

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object that a JSON text holds, or undefined when it holds anything else or is broken. */
export function parseJsonObject(source: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(source)
    return isJsonObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
