/** The key that shortcuts go with, as it is written on the keyboard of that system (`navigator.platform`). */
export function modKey(platform: string): string {
  return /^(mac|iphone|ipad)/iu.test(platform) ? '⌘' : 'Ctrl'
}
