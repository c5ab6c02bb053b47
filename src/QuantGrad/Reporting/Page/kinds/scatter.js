import { valueAxis } from '../axis.js';
import { formatter } from '../format.js';
import { colourOf } from '../palette.js';
import { card, tooltip } from '../tooltip.js';

// Points: {x: {name, format}, y: {name, format}, series: [{name, role, points: [[x, y, label]]}], diagonal}.
export function scatter(data, colours) {
  const xFormat = formatter(data.x.format), yFormat = formatter(data.y.format);
  const axis = { nameLocation: 'middle', axisLine: { show: true, onZero: false, lineStyle: { color: colours.faint } } };
  const all = data.series.flatMap(series => series.points);
  const bounds = [Math.min(...all.map(point => Math.min(point[0], point[1]))), Math.max(...all.map(point => Math.max(point[0], point[1])))];
  return {
    animation: false, legend: { show: false },
    grid: { left: 60, right: 20, top: 14, bottom: 42 },
    xAxis: valueAxis(colours, xFormat, { ...axis, name: data.x.name, nameGap: 26 }),
    yAxis: valueAxis(colours, yFormat, { ...axis, name: data.y.name, nameGap: 40 }),
    tooltip: tooltip('item', hit => card(hit.value[2] ?? hit.seriesName, [[data.x.name, xFormat(hit.value[0])], [data.y.name, yFormat(hit.value[1])]])),
    series: data.series.map((series, index) => ({
      name: series.name, type: 'scatter', symbolSize: series.size ?? 8, data: series.points, itemStyle: { color: colourOf(series, index, colours), opacity: 0.85 },
      label: { show: Boolean(data.labels), formatter: hit => hit.value[2], position: 'right', color: colours.soft, fontSize: 11, fontFamily: colours.font }, labelLayout: { hideOverlap: true },
      markLine: index === 0 && data.diagonal ? { silent: true, symbol: 'none', animation: false, precision: 12, label: { show: false }, lineStyle: { color: colours.faint, type: [3, 3] }, data: [[{ coord: [bounds[0], bounds[0]] }, { coord: [bounds[1], bounds[1]] }]] } : undefined,
    })),
  };
}
