/** Code for who has never used it; names of them are `playground.examples.<id>`. */
export const examples = [
  { id: 'sum', code: 'sum(n * n for n in range(10))\n' },
  {
    id: 'live',
    code: `import time

for step in range(1, 6):
    print("step", step)
    time.sleep(0.5)

"finished"
`,
  },
  { id: 'numpy', code: 'import numpy\n\nnumpy.arange(10).sum()\n' },
  {
    id: 'figure',
    code: `import matplotlib.pyplot as plt
import numpy as np

x = np.linspace(0, 6.3, 200)
plt.plot(x, np.sin(x))
plt.title("sine")
plt.show()
`,
  },
  {
    id: 'table',
    code: `import pandas as pd

pd.DataFrame({"city": ["Oslo", "Lima", "Pune"], "people": [717_710, 10_092_000, 3_124_458]})
`,
  },
  {
    id: 'packages',
    code: `import sys
from importlib.metadata import distributions

print(sys.version)
sorted(f"{one.metadata['Name']} {one.version}" for one in distributions())
`,
  },
  {
    id: 'error',
    code: `prices = {"apple": 2, "pear": 3}

for fruit in ["apple", "plum"]:
    print(fruit, prices[fruit])
`,
  },
] as const
