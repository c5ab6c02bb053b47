import { categoryAxis, valueAxis } from '../axis.js';
import { formatter } from '../format.js';
import { colourOf } from '../palette.js';
import { card, tooltip } from '../tooltip.js';

// Bars by name: {categories, format, horizontal, series: [{name, role, values, low, high}], level, signed}.
export function bars(data, colours) {
  const format = formatter(data.format);
  const longest = Math.max(0, ...data.categories.map(name => name.length));
  const names = categoryAxis(colours, data.categories, {
    inverse: Boolean(data.horizontal), axisLabel: { ...categoryAxis(colours, data.categories).axisLabel, width: 190, overflow: 'truncate', ...(data.horizontal ? { interval: 0 } : {}) },
  });
  const values = valueAxis(colours, format, { scale: false });
  return {
    animation: false, legend: { show: false },
    grid: { left: data.horizontal ? Math.min(200, 24 + longest * 6.2) : 52, right: 18, top: 12, bottom: 26 },
    xAxis: data.horizontal ? values : names,
    yAxis: data.horizontal ? names : values,
    tooltip: tooltip('axis', hits => card(String(data.categories[hits[0].dataIndex]), data.series.map((series, index) => [series.name, text(series, hits[0].dataIndex, format), hits.find(hit => hit.seriesIndex === index)?.color]))),
    series: data.series.flatMap((series, index) => {
      const colour = colourOf(series, index, colours);
      const drawn = [{
        name: series.name, type: 'bar', barMaxWidth: data.horizontal ? 14 : 26, barGap: '10%', barCategoryGap: '30%',
        data: series.values.map(value => ({ value, itemStyle: { color: data.signed ? (value < 0 ? colours.loss : colours.gain) : colour } })),
        markLine: index === 0 && data.level !== undefined && data.level !== null ? { silent: true, symbol: 'none', animation: false, precision: 12, label: { show: false }, lineStyle: { color: colours.faint, type: 'solid' }, data: [data.horizontal ? { xAxis: data.level } : { yAxis: data.level }] } : undefined,
      }];
      return drawn;
    }).concat(data.series.filter(series => series.low).map(series => whiskers(series, data, colours))),
  };
}

function text(series, row, format) {
  const value = format(series.values[row]);
  return series.low ? `${value} (${format(series.low[row])} … ${format(series.high[row])})` : value;
}

// The interval of each bar, drawn as a line with two caps.
function whiskers(series, data, colours) {
  return {
    type: 'custom', name: `${series.name} range`, silent: true, z: 6, tooltip: { show: false },
    data: series.low.map((low, row) => [row, low, series.high[row]]),
    encode: data.horizontal ? { y: 0, x: [1, 2] } : { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const at = value => api.coord(data.horizontal ? [value, api.value(0)] : [api.value(0), value]);
      const from = at(api.value(1)), to = at(api.value(2));
      if (!Number.isFinite(from[0] + from[1] + to[0] + to[1])) return null;
      const cap = data.horizontal ? [0, 4] : [4, 0];
      const line = (a, b) => ({ type: 'line', shape: { x1: a[0], y1: a[1], x2: b[0], y2: b[1] }, style: { stroke: colours.ink, lineWidth: 1 } });
      const edge = point => line([point[0] - cap[0], point[1] - cap[1]], [point[0] + cap[0], point[1] + cap[1]]);
      return { type: 'group', children: [line(from, to), edge(from), edge(to)] };
    },
  };
}
