import { valueAxis } from '../axis.js';
import { formatter } from '../format.js';
import { card, tooltip } from '../tooltip.js';

// A distribution: {edges, counts, format, unit, marks: [{x, label, align, row}], curve: [[x, y]], tail}; counts left of `tail` take the colour of loss.
export function histogram(data, colours) {
  const format = formatter(data.format);
  const rows = Math.max(0, ...(data.marks ?? []).map(mark => (mark.row ?? 0) + 1));
  return {
    animation: false,
    grid: { left: 52, right: 18, top: 10 + 15 * rows, bottom: 26 },
    xAxis: valueAxis(colours, format, { splitLine: { show: false }, axisLine: { show: true, lineStyle: { color: colours.faint } }, min: data.edges[0], max: data.edges[data.edges.length - 1], splitNumber: 6, labels: { showMinLabel: false, showMaxLabel: false } }),
    yAxis: valueAxis(colours, formatter('integer'), { scale: false }),
    tooltip: tooltip('item', hit => card(`${format(hit.value[0])} … ${format(hit.value[1])}`, [[data.unit, String(hit.value[2])]])),
    series: [{
      type: 'custom', encode: { x: [0, 1], y: 2 },
      data: data.counts.map((count, row) => ({ value: [data.edges[row], data.edges[row + 1], count], itemStyle: { color: data.tail !== undefined && data.tail !== null && data.edges[row + 1] <= data.tail ? colours.loss : colours.strategy } })),
      renderItem: (_, api) => {
        const from = api.coord([api.value(0), api.value(2)]), to = api.coord([api.value(1), 0]);
        return { type: 'rect', shape: { x: from[0], y: from[1], width: Math.max(0.5, to[0] - from[0] - 0.5), height: to[1] - from[1] }, style: { fill: api.visual('color'), opacity: 0.75 } };
      },
      markLine: {
        silent: true, symbol: 'none', animation: false, precision: 12,
        data: (data.marks ?? []).map(mark => ({
          xAxis: mark.x, lineStyle: { color: colours.ink, type: mark.solid ? 'solid' : [3, 3], width: 1 },
          label: { formatter: mark.label, color: colours.ink, fontSize: 11, fontFamily: colours.font, position: 'end', align: mark.align ?? 'center', distance: 3 + 14 * (mark.row ?? 0) },
        })),
      },
    }, ...(data.curve ? [{ type: 'line', silent: true, showSymbol: false, data: data.curve, lineStyle: { color: colours.soft, width: 1.2 }, z: 5 }] : [])],
  };
}
