/** The key of shortcuts as it is printed on this machine's keyboard. `platform` is what the browser says of itself. */
export function modKey(platform: string): 'Ctrl' | '⌘' {
  return /^(mac|iphone|ipad)/iu.test(platform) ? '⌘' : 'Ctrl'
}
