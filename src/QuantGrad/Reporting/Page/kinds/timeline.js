import { categoryAxis, timeAxis } from '../axis.js';
import { date, dayMilliseconds } from '../format.js';
import { card, tooltip } from '../tooltip.js';

// Windows of the folds: {rows: [label], spans: [{row, kind, from, to}]} with kinds train, purge, validation, test.
export function timeline(data, colours) {
  const at = day => Math.round(day * dayMilliseconds);
  const extent = [Math.min(...data.spans.map(span => at(span.from))), Math.max(...data.spans.map(span => at(span.to)))];
  return {
    useUTC: true, animation: false,
    grid: { left: 52, right: 14, top: 6, bottom: 26 },
    xAxis: timeAxis(colours, extent, { splitLine: { show: true, lineStyle: { color: colours.rule } } }),
    yAxis: categoryAxis(colours, data.rows, { inverse: true, axisLine: { show: false } }),
    tooltip: tooltip('item', hit => { const span = data.spans[hit.dataIndex]; return card(`fold ${data.rows[span.row]}`, [[span.kind, `${date(at(span.from))} … ${date(at(span.to))}`, colours[span.kind]]]); }),
    series: [{
      type: 'custom', encode: { x: [1, 2], y: 0 }, clip: true,
      data: data.spans.map((span, index) => ({ value: [span.row, at(span.from), at(span.to), index], itemStyle: { color: colours[span.kind] } })),
      renderItem: (_, api) => {
        const from = api.coord([api.value(1), api.value(0)]), to = api.coord([api.value(2), api.value(0)]);
        const height = Math.min(14, api.size([0, 1])[1] * 0.62);
        return { type: 'rect', shape: { x: from[0], y: from[1] - height / 2, width: Math.max(data.spans[api.value(3)].kind === 'purge' ? 2 : 1, to[0] - from[0]), height }, style: { fill: api.visual('color') } };
      },
    }],
  };
}
