import type { FakePackage } from '../../integration/environments/wheels.ts'

const many = ['aiofiles', 'attrs', 'babel', 'certifi', 'charset-normalizer', 'colorama', 'jinja2', 'markupsafe']

/** What the index of the house has. Small, and made here; only names and versions are as on any machine. */
export const packages: readonly FakePackage[] = [
  { name: 'numpy', version: '2.2.6' },
  { name: 'numpy', version: '2.4.0' },
  { name: 'python-dateutil', version: '2.9.0', requires: ['six'] },
  { name: 'six', version: '1.17.0' },
  { name: 'pandas', version: '2.2.3', requires: ['numpy>=1.26', 'python-dateutil', 'tzdata'] },
  { name: 'pandas', version: '2.3.1', requires: ['numpy>=1.26', 'python-dateutil', 'tzdata'] },
  { name: 'tzdata', version: '2025.2' },
  { name: 'requests', version: '2.32.4', requires: ['urllib3', 'certifi', 'charset-normalizer'] },
  { name: 'urllib3', version: '2.5.0' },
  { name: 'pillow', version: '11.3.0' },
  { name: 'scikit-learn', version: '1.7.1', requires: ['numpy'] },
  { name: 'matplotlib', version: '3.10.5', requires: ['numpy', 'pillow'] },
  ...many.map((name) => ({ name, version: '1.0.0' })),
]
