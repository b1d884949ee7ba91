import { saveFile } from './save-file.ts'

/** Gives a text to the user as a file. */
export function saveText(name: string, text: string): void {
  saveFile(name, text, 'text/plain;charset=utf-8')
}
