const accented: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'đ',
  e: 'é',
  f: 'ƒ',
  g: 'ğ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ʠ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
}

/** A text as a longer language with accents would have it, in brackets: what stays plain on screen did not come from the catalog. */
export function pseudo(text: string): string {
  const letters = text
    .split(/(\{\{[^}]*\}\}|<[^>]*>)/u)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[a-z]/gu, (letter) => accented[letter] ?? letter)))
    .join('')
  return `[${letters}${'·'.repeat(Math.ceil(text.length * 0.3))}]`
}

export type Catalog = { readonly [key: string]: string | Catalog }

/** The whole catalog in that language. */
export function pseudoCatalog(catalog: Catalog): Catalog {
  return Object.fromEntries(
    Object.entries(catalog).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudo(value) : pseudoCatalog(value),
    ]),
  )
}
