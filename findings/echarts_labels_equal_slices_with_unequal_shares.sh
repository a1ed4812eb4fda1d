#!/usr/bin/env bash
# echarts 6.1.0 (npm): in the labels of a pie the percentages ({d}) are not rounded one by one but shared out so that they add up to 100,
# and slices of one value bear different shares: of three equal ones the first is labelled 34%, or 33.4%, while the table beside
# the chart has 33.3% for all three. The option manual says of percentPrecision only that it is the precision of the percentage.
# That the sum is kept at 100 stands in an answer on GitHub (apache/echarts issue 10400, closed); another there calls {d} the
# rounded result of the percentage (issue 17842).
# Seen: 1, 1, 1 as 34% 33% 33% and 33.4% 33.3% 33.3%; 3, 3, 3, 1, 1, 1, 1 as 23% 23% 23% 8% 8% 8% 7%, where 1 of 13 is 7.69%.
set -euo pipefail
work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" echarts@6.1.0 zrender@6.1.0 tslib@2.3.0
cat > "$work/pie.cjs" <<'JS'
const echarts = require("echarts");
function shares(values, percentPrecision) {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width: 600, height: 400 });
  const data = values.map((value, index) => ({ name: `区分${index + 1}`, value }));
  chart.setOption({ animation: false, series: [{ type: "pie", percentPrecision, data, label: { formatter: "{b} {d}%" } }] });
  const labels = [...chart.renderToSVGString().matchAll(/<text[^>]*>区分(\d) ([^<]*)/g)];
  chart.dispose();
  return labels.sort((one, other) => one[1] - other[1]).map((label) => label[2]).join(" ");
}
const cases = [
  [[1, 1, 2], 0, "25% 25% 50%"],
  [[1, 1, 1], 0, "34% 33% 33%"],
  [[1, 1, 1], 1, "33.4% 33.3% 33.3%"],
  [[3, 3, 3, 1, 1, 1, 1], 0, "23% 23% 23% 8% 8% 8% 7%"],
];
let changed = false;
for (const [values, precision, described] of cases) {
  const seen = shares(values, precision);
  console.log(values.join(", "), seen);
  changed = changed || seen !== described;
}
process.exit(changed ? 1 : 0);
JS
timeout 60 node "$work/pie.cjs"
echo "as described"
