import { categoryAxis } from '../axis.js';
import { formatter } from '../format.js';
import { legible, mix } from '../palette.js';
import { card, tooltip } from '../tooltip.js';
import { contours } from '../contours.js';

// A matrix: {rows, columns, values[row][column], format, labelFormat, scale: 'signed' | 'plain', labels, bound, contours, path: [[column, row]],
// points: [[column, row, name]], rowName, columnName}.
export function heat(data, colours) {
  const format = formatter(data.format), label = formatter(data.labelFormat ?? data.format);
  const cells = [];
  data.values.forEach((row, r) => row.forEach((value, c) => { if (value !== null) cells.push([c, r, value]); }));
  const signed = data.scale === 'signed';
  const bound = data.bound ?? Math.max(1e-12, ...cells.map(cell => Math.abs(cell[2])));
  // A few far worse cells must not leave one shade to all the others.
  const ascending = cells.map(cell => cell[2]).sort((a, b) => a - b);
  const low = signed ? -bound : ascending[Math.floor(ascending.length / 50)];
  const high = signed ? bound : ascending[ascending.length - 1];
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
  if (data.path || data.contours || data.points) series.push(over(data, colours, low, high));
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

// A path and contours lie between the cells, where a category axis knows only whole ones.
function over(data, colours, low, high) {
  return {
    type: 'custom', silent: true, animation: false, z: 5, data: [[0, 0]],
    renderItem: (_, api) => {
      const origin = api.coord([0, 0]), next = api.coord([1, 1]);
      const place = ([column, row]) => [origin[0] + column * (next[0] - origin[0]), origin[1] + row * (next[1] - origin[1])];
      const levels = Array.from({ length: data.contours ?? 0 }, (_, index) => low + (index + 1) * (high - low) / (data.contours + 1));
      const children = contours(data.values, levels).map(([from, to]) => {
        const [x1, y1] = place(from), [x2, y2] = place(to);
        return { type: 'line', shape: { x1, y1, x2, y2 }, style: { stroke: colours.soft, lineWidth: 0.7, opacity: 0.7 } };
      });
      const points = (data.path ?? []).map(place);
      if (points.length) children.push({ type: 'polyline', shape: { points }, style: { stroke: colours.a, lineWidth: 1.8, fill: 'none' } });
      points.forEach(([cx, cy], index) => children.push({ type: 'circle', shape: { cx, cy, r: index === points.length - 1 ? 4.5 : 2 }, style: { fill: colours.a } }));
      const far = place([data.columns.length - 1, 0])[0];
      (data.points ?? []).forEach(([column, row, name], index) => {
        const [x, y] = place([column, row]);
        const left = x > (origin[0] + far) / 2;
        children.push({ type: 'circle', shape: { cx: x, cy: y, r: 5 }, style: { fill: colours.paper, stroke: colours.ink, lineWidth: 1.5 } });
        children.push({ type: 'text', style: { text: name, x: x + (left ? -9 : 9), y: y + (index % 2 ? 12 : -12), textAlign: left ? 'right' : 'left', textVerticalAlign: 'middle', fill: colours.ink, backgroundColor: colours.paper, padding: [2, 4], fontSize: 11, fontWeight: 600, fontFamily: colours.font } });
      });
      return { type: 'group', children };
    },
  };
}
