import { categoryAxis } from '../axis.js';
import { formatter } from '../format.js';
import { legible, mix } from '../palette.js';
import { card, tooltip } from '../tooltip.js';

// A matrix: {rows, columns, values[row][column], format, labelFormat, scale: 'signed' | 'plain', labels, bound, path: [[column, row]], rowName, columnName}.
export function heat(data, colours) {
  const format = formatter(data.format), label = formatter(data.labelFormat ?? data.format);
  const cells = [];
  data.values.forEach((row, r) => row.forEach((value, c) => { if (value !== null) cells.push([c, r, value]); }));
  const signed = data.scale === 'signed';
  const bound = data.bound ?? Math.max(1e-12, ...cells.map(cell => Math.abs(cell[2])));
  const low = signed ? -bound : Math.min(...cells.map(cell => cell[2]));
  const high = signed ? bound : Math.max(...cells.map(cell => cell[2]));
  const ground = value => {
    const share = Math.min(1, Math.max(0, (value - low) / (high - low || 1)));
    if (!signed) return mix(colours.middle, colours.high, share);
    return share < 0.5 ? mix(colours.loss, colours.middle, 2 * share) : mix(colours.middle, colours.gain, 2 * share - 1);
  };
  const cell = item => (data.labels ? { value: item, label: { color: legible(ground(item[2])) } } : item);
  const longest = Math.max(0, ...data.rows.map(name => name.length));
  const series = [{
    type: 'heatmap', animation: false, data: cells.map(cell), itemStyle: { borderColor: colours.paper, borderWidth: data.labels ? 1 : 0 },
    label: { show: Boolean(data.labels), formatter: hit => label(hit.value[2]), color: colours.ink, fontSize: 10.5, fontFamily: colours.font },
    emphasis: { itemStyle: { borderColor: colours.ink, borderWidth: 1 } },
  }];
  if (data.path) series.push(path(data, colours));
  const few = (names, most) => ({ ...categoryAxis(colours, []).axisLabel, interval: Math.max(0, Math.ceil(names.length / most) - 1) });
  return {
    animation: false,
    grid: { left: Math.min(170, 20 + longest * 6.6) + (data.rowName ? 18 : 0), right: 14, top: data.columnName ? 8 : 24, bottom: data.columnName ? 40 : 8 },
    xAxis: categoryAxis(colours, data.columns, { position: data.columnName ? 'bottom' : 'top', axisLine: { show: false }, axisLabel: few(data.columns, 16), ...named(data.columnName, 26, colours) }),
    yAxis: categoryAxis(colours, data.rows, { inverse: true, axisLine: { show: false }, axisLabel: few(data.rows, data.rowName ? 9 : 200), ...named(data.rowName, 24 + longest * 6.6, colours) }),
    visualMap: { show: false, min: low, max: high, seriesIndex: 0, inRange: { color: signed ? [colours.loss, colours.middle, colours.gain] : [colours.middle, colours.high] } },
    tooltip: tooltip('item', hit => card(`${data.rows[hit.value[1]]} ${data.columns[hit.value[0]]}`, [[data.name ?? '', format(hit.value[2])]])),
    series,
  };
}

function named(name, gap, colours) {
  return name ? { name, nameLocation: 'middle', nameGap: gap, nameTextStyle: { color: colours.soft, fontSize: 11, fontFamily: colours.font } } : {};
}

// A path lies between the cells, where a category axis knows only whole ones.
function path(data, colours) {
  return {
    type: 'custom', silent: true, animation: false, z: 5, data: [[0, 0]],
    renderItem: (_, api) => {
      const origin = api.coord([0, 0]), next = api.coord([1, 1]);
      const points = data.path.map(([column, row]) => [origin[0] + column * (next[0] - origin[0]), origin[1] + row * (next[1] - origin[1])]);
      const dots = points.map(([cx, cy], index) => ({ type: 'circle', shape: { cx, cy, r: index === points.length - 1 ? 4.5 : 2 }, style: { fill: colours.a } }));
      return { type: 'group', children: [{ type: 'polyline', shape: { points }, style: { stroke: colours.a, lineWidth: 1.8, fill: 'none' } }, ...dots] };
    },
  };
}
