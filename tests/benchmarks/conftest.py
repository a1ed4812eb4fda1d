"""Put the folder of the benchmarks, scripts beside each other and no package, on the path of their tests."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
