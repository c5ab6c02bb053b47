import { valueAxis } from '../axis.js';
import { formatter } from '../format.js';
import { colourOf } from '../palette.js';
import { card, tooltip } from '../tooltip.js';

// Lines over a number: {x: {name, format, scale}, y: {name, format}, series: [{name, role, x, values, dash}], marks: [{x, label}], level}.
export function lines(data, colours) {
  const xFormat = formatter(data.x.format), yFormat = formatter(data.y.format);
  return {
    animation: false, legend: { show: false },
    grid: { left: 56, right: 18, top: 34, bottom: 40 },
    xAxis: valueAxis(colours, xFormat, {
      type: data.x.scale === 'log' ? 'log' : 'value', name: data.x.name, nameLocation: 'middle', nameGap: 26, splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: colours.faint } }, min: 'dataMin', max: 'dataMax', splitNumber: 6, interval: data.x.interval,
    }),
    yAxis: valueAxis(colours, yFormat, { name: data.y.name, nameGap: 12, nameTextStyle: { color: colours.soft, fontSize: 11, fontFamily: colours.font, align: 'left', padding: [0, 0, 0, -44] } }),
    tooltip: tooltip('axis', hits => card(`${data.x.name} ${xFormat(hits[0].axisValue)}`, hits.filter(hit => !data.series[hit.seriesIndex].quiet).slice(0, 14).map(hit => [hit.seriesName, yFormat(hit.data[1]), hit.color]))),
    series: data.series.map((line, index) => {
      const colour = colourOf(line, index, colours);
      return {
        name: line.name, type: 'line', showSymbol: line.values.length < 2 || Boolean(line.symbols), symbolSize: 5, data: line.x.map((x, row) => [x, line.values[row]]),
        lineStyle: { color: colour, width: line.quiet ? 0.8 : 1.6, type: line.dash ? [4, 3] : 'solid', opacity: line.opacity ?? 1 }, itemStyle: { color: colour }, silent: Boolean(line.quiet), z: line.quiet ? 2 : 4,
        markLine: index === 0 ? marks(data, colours) : undefined,
      };
    }),
  };
}

function marks(data, colours) {
  const drawn = (data.marks ?? []).map(mark => ({
    xAxis: mark.x, lineStyle: { color: colours.soft, type: [3, 3] }, label: { formatter: mark.label, color: colours.ink, fontSize: 11, fontFamily: colours.font, position: 'end', align: mark.align ?? 'center', distance: 4 + 14 * (mark.row ?? 0) },
  }));
  if (data.level !== undefined && data.level !== null) drawn.push({ yAxis: data.level, lineStyle: { color: colours.faint, type: 'solid' }, label: { show: false } });
  return { silent: true, symbol: 'none', animation: false, precision: 12, data: drawn };
}
