// What the tables say that `npm run proto` makes of the messages. The two files beside this one read and write by them; they
// know what those messages need and no more: no maps, no enums, whole numbers that JavaScript holds exactly.

/** Number, type (`string` `bytes` `bool` `int` `float` `double`, or the name of a message), and how often it may be there. */
export type Field = readonly [number: number, type: string, count: 'one' | 'maybe' | 'many']
export type Shape = Readonly<Record<string, Field>>
export type ShapeTable<Messages> = { readonly [Name in keyof Messages]: Shape }
export type MethodTable<Messages> = Readonly<
  Record<string, { readonly path: string; readonly request: keyof Messages; readonly reply: keyof Messages }>
>

export const wireTypes = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const
