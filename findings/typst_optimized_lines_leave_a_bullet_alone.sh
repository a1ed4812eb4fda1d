#!/usr/bin/env bash
# typst 0.15.2 (the Python wheel): a paragraph that is not justified begins with a mark of 0.72 em and two words of 4 and 6 em, in a
# column of 10.1 em. With `linebreaks: "simple"` the mark and the first word share the first line. With "optimized", meant for better
# lines, the mark stands alone on the first line and both words on the second; as many lines either way. Met where a status is set
# behind its square. Seen: the first word on the mark's line (simple), 1 line below it (optimized).
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet typst==0.15.2
"$work/env/bin/python" - <<'PYTHON'
import json

import typst


def lines(how: str) -> list[float]:
    place = "#context [#metadata(here().position().y.pt()) <y>]"
    mark, short, long = (f"#box(width: {width}em, height: 1em)[{place}]" for width in (0.72, 4, 6))
    source = f'#set par(linebreaks: "{how}", justify: false)\n#block(width: 10.1em)[{mark}#h(0.4em){short}{long}]'
    ys = json.loads(typst.query(source.encode(), "<y>", field="value"))
    return [round(y - min(ys), 1) for y in ys]


simple, optimized = lines("simple"), lines("optimized")
print("simple:", simple, "optimized:", optimized)
assert simple[0] == simple[1] < simple[2], "the first word has left the mark's line"
assert optimized[0] < optimized[1] == optimized[2], "the mark is no longer alone"
PYTHON
echo "as described"
