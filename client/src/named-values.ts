/** Keyword arguments or local names. An entry that is undefined is left out; null is Python's None. */
export type NamedValues = Readonly<Record<string, unknown>>
