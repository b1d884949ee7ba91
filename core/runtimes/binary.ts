import { open } from 'node:fs/promises'

/** e_machine of an ELF header (System V ABI, and its supplements for each processor). */
const elfMachines: Readonly<Record<number, string>> = { 0x03: 'ia32', 0x28: 'arm', 0x3e: 'x64', 0xb7: 'arm64' }

/** What a program file was built for, as Node names platforms and processors; undefined where the first bytes do not tell. */
export function builtFor(
  start: Uint8Array,
): { readonly system: string; readonly arch: string | undefined } | undefined {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength)
  if (start.byteLength < 20) return undefined
  const magic = view.getUint32(0)
  if (magic === 0x7f454c46) return { system: 'linux', arch: elfMachines[view.getUint16(18, start[5] === 1)] }
  // Mach-O, in either byte order or for several processors at once.
  if ([0xfeedfacf, 0xcffaedfe, 0xfeedface, 0xcefaedfe, 0xcafebabe].includes(magic))
    return { system: 'darwin', arch: undefined }
  if (view.getUint16(0) === 0x4d5a) return { system: 'win32', arch: undefined }
  return undefined
}

/**
 * Why a program cannot run on a machine, judged by its first bytes; undefined when nothing speaks against it. The system itself says
 * little: on Linux a program for another processor is handed to the shell, which complains about its syntax.
 */
export async function foreignProgram(
  executable: string,
  here: { readonly platform: NodeJS.Platform; readonly arch: string } = process,
): Promise<string | undefined> {
  try {
    const handle = await open(executable, 'r')
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(20), 0, 20, 0).finally(() => handle.close())
    const built = builtFor(buffer.subarray(0, bytesRead))
    if (built === undefined) return undefined
    if (built.system !== here.platform) return `it is a program for ${built.system}`
    const runs = [here.arch, here.arch === 'x64' ? 'ia32' : here.arch === 'arm64' ? 'arm' : here.arch]
    return built.arch === undefined || runs.includes(built.arch)
      ? undefined
      : `it is a program for ${built.arch} processors`
  } catch {
    return undefined
  }
}
