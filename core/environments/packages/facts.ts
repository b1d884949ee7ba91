import path from 'node:path'
import type { Manifest } from '../manifest.ts'
import { readDistributions } from '../metadata/distributions.ts'
import { packageGraph } from '../metadata/graph.ts'
import { markerEnvironment } from '../metadata/marker.ts'
import type { Room } from '../room.ts'
import { sitePackages } from '../site-packages.ts'
import type { UpgradeFacts } from './upgrade-plan.ts'

/** What is installed in an environment, and who needs what there. */
export async function packageFacts(room: Room, name: string, root: string, manifest: Manifest): Promise<UpgradeFacts> {
  const site = await sitePackages(root, room.platform)
  const implementation = path.basename(path.dirname(site ?? '')).startsWith('pypy') ? 'pypy' : 'cpython'
  const machine = { platform: room.platform, arch: process.arch }
  const marker = markerEnvironment(manifest.python, implementation, machine)
  const graph = packageGraph(await readDistributions(site), manifest.requirements, marker)
  return { environment: name, graph, recorded: manifest.requirements, marker }
}
