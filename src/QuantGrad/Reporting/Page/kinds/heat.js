import { categoryAxis } from '../axis.js';
import { formatter } from '../format.js';
import { card, tooltip } from '../tooltip.js';

// A matrix: {rows, columns, values[row][column], format, scale: 'signed' | 'plain', labels, bound, path: [[column, row]], rowName, columnName}.
export function heat(data, colours) {
  const format = formatter(data.format);
  const cells = [];
  data.values.forEach((row, r) => row.forEach((value, c) => { if (value !== null) cells.push([c, r, value]); }));
  const signed = data.scale === 'signed';
  const bound = data.bound ?? Math.max(1e-12, ...cells.map(cell => Math.abs(cell[2])));
  const low = signed ? -bound : Math.min(...cells.map(cell => cell[2]));
  const high = signed ? bound : Math.max(...cells.map(cell => cell[2]));
  const longest = Math.max(0, ...data.rows.map(name => name.length));
  const series = [{
    type: 'heatmap', animation: false, data: cells, itemStyle: { borderColor: colours.paper, borderWidth: data.labels ? 1 : 0 },
    label: { show: Boolean(data.labels), formatter: hit => format(hit.value[2]), color: colours.ink, fontSize: 10.5, fontFamily: colours.font },
    emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 1 } },
  }];
  if (data.path) series.push({ type: 'line', silent: true, data: data.path, symbolSize: 4, symbol: 'circle', lineStyle: { color: colours.ink, width: 1.5 }, itemStyle: { color: colours.ink }, z: 5, animation: false });
  return {
    animation: false,
    grid: { left: Math.min(170, 20 + longest * 6.6), right: 14, top: 24, bottom: data.columnName ? 30 : 8 },
    xAxis: categoryAxis(colours, data.columns, { position: 'top', axisLine: { show: false }, name: data.columnName, nameLocation: 'middle' }),
    yAxis: categoryAxis(colours, data.rows, { inverse: true, axisLine: { show: false }, name: data.rowName }),
    visualMap: { show: false, min: low, max: high, seriesIndex: 0, inRange: { color: signed ? [colours.loss, colours.middle, colours.gain] : [colours.middle, colours.high] } },
    tooltip: tooltip('item', hit => card(`${data.rows[hit.value[1]]} ${data.columns[hit.value[0]]}`, [[data.name ?? '', format(hit.value[2])]])),
    series,
  };
}
