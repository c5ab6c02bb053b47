import { growthTicks, timeAxis, valueAxis } from '../axis.js';
import { date, dayMilliseconds, formatter } from '../format.js';
import { colourOf } from '../palette.js';
import { card, tooltip } from '../tooltip.js';

// One or more panels over one calendar: {dates: [days since 1970], panels: [{name, format, scale, share, zero, series: [{name, role, values, area, width}]}], slider}.
export function time(data, colours) {
  const x = data.dates.map(day => Math.round(day * dayMilliseconds));
  const extent = [x[0], x[x.length - 1]];
  const total = data.panels.reduce((sum, panel) => sum + (panel.share ?? 1), 0);
  const top = data.panels.length > 2 ? 30 : 8, bottom = data.slider ? 58 : 26, gap = data.panels.length > 2 ? 38 : 22, height = data.height - top - bottom - gap * (data.panels.length - 1);
  const grids = [], xAxes = [], yAxes = [], series = [], formats = [];
  let offset = top;
  data.panels.forEach((panel, index) => {
    const room = Math.round(height * (panel.share ?? 1) / total);
    const last = index === data.panels.length - 1;
    const growth = panel.scale === 'growth';
    const format = formatter(panel.format);
    const transform = growth ? Math.log : value => value;
    grids.push({ outerBoundsMode: 'none', left: 52, right: data.endLabels ? 110 : 14, top: offset, height: room });
    offset += room + gap;
    xAxes.push(timeAxis(colours, extent, { gridIndex: index, axisLabel: last ? timeAxis(colours, extent).axisLabel : { show: false }, axisTick: { show: last } }));
    const { ticks, ...bounds } = limits(panel, growth);
    const axis = valueAxis(colours, growth ? value => format(Math.exp(value)) : format, { gridIndex: index, splitNumber: room < 110 ? 2 : 4, ...heading(data, panel, colours), ...bounds });
    if (ticks) axis.axisLabel.customValues = ticks;
    yAxes.push(axis);
    panel.series.forEach((line, place) => {
      const colour = colourOf(line, place, colours);
      formats.push(format);
      series.push({
        name: line.name, type: 'line', xAxisIndex: index, yAxisIndex: index, showSymbol: false, animation: false, silent: true, connectNulls: false, sampling: 'minmax',
        data: x.map((at, row) => [at, isDrawn(line.values[row], growth) ? transform(line.values[row]) : null, line.values[row]]),
        lineStyle: { color: colour, width: line.width ?? (line.role === 'strategy' ? 1.8 : 1.1), type: line.dash ? [4, 3] : 'solid' },
        itemStyle: { color: colour },
        areaStyle: line.area ? { color: colour, opacity: 0.18, origin: 'auto' } : undefined,
        z: line.role === 'strategy' ? 5 : 3,
        markLine: place === 0 ? guides(panel, growth, data.cuts, index, colours) : undefined,
      });
    });
  });
  return {
    useUTC: true, animation: false, grid: grids, xAxis: xAxes, yAxis: yAxes, series,
    legend: { show: false },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    tooltip: tooltip('axis', hits => card(date(hits[0].axisValue), hits.filter(hit => hit.data[2] !== null && hit.data[2] !== undefined)
      .map(hit => [hit.seriesName, formats[hit.seriesIndex](hit.data[2]), hit.color]))),
    dataZoom: zoom(data, xAxes.length, colours),
  };
}

// More than two panels are told apart by a heading each.
function heading(data, panel, colours) {
  return data.panels.length > 2 ? { name: panel.name, nameGap: 13, nameTextStyle: { color: colours.ink, fontSize: 12, fontFamily: colours.font, fontWeight: 600, align: 'left', padding: [0, 0, 0, -44] } } : {};
}

// A logarithmic axis has no place for 0, where an account ends.
function isDrawn(value, growth) {
  return Number.isFinite(value) && (!growth || value > 0);
}

function limits(panel, growth) {
  const values = panel.series.flatMap(line => line.values).filter(value => isDrawn(value, growth));
  if (growth) {
    const [low, high] = [Math.min(...spread(values)), Math.max(...spread(values))];
    const pad = Math.max(Math.log(high / low) * 0.04, 0.005);
    const ticks = growthTicks(low * Math.exp(-pad), high * Math.exp(pad)).map(Math.log);
    return {
      min: Math.log(low) - pad, max: Math.log(high) + pad, splitLine: { show: false },
      ticks,
    };
  }
  return panel.zero ? { max: 0 } : {};
}

// Spreading thousands of values into Math.min overflows the argument list; the extremes of slices are enough.
function spread(values) {
  const extremes = [];
  for (let at = 0; at < values.length; at += 4096) {
    const slice = values.slice(at, at + 4096);
    extremes.push(Math.min(...slice), Math.max(...slice));
  }
  return extremes;
}

// Grid lines of the growth axis, the level that matters (1, 0 or 100%), and the seams of the folds.
function guides(panel, growth, cuts, index, colours) {
  const lines = [];
  if (growth) {
    const ticks = limits(panel, true).ticks;
    for (const tick of ticks) lines.push({ yAxis: tick, lineStyle: { color: colours.rule, type: 'solid', width: 1 } });
  }
  if (panel.level !== undefined && panel.level !== null)
    lines.push({ yAxis: growth ? Math.log(panel.level) : panel.level, lineStyle: { color: colours.faint, type: 'solid', width: 1 } });
  for (const cut of cuts ?? [])
    lines.push({
      xAxis: Math.round(cut * dayMilliseconds),
      lineStyle: { color: colours.faint, type: [1, 4], width: 1 },
    });
  return { silent: true, symbol: 'none', animation: false, precision: 12, z: 1, label: { show: false }, data: lines };
}

function zoom(data, axes, colours) {
  const every = Array.from({ length: axes }, (_, index) => index);
  const inside = { type: 'inside', xAxisIndex: every, zoomOnMouseWheel: 'ctrl', moveOnMouseMove: 'shift', moveOnMouseWheel: false, filterMode: 'none' };
  if (!data.slider) return [inside];
  return [inside, {
    type: 'slider', xAxisIndex: every, height: 16, bottom: 8, left: 52, right: 14, filterMode: 'none', brushSelect: false, showDetail: false,
    borderColor: colours.rule, fillerColor: colours.band, backgroundColor: 'transparent', showDataShadow: false,
    handleStyle: { color: colours.paper, borderColor: colours.soft }, moveHandleSize: 0,
  }];
}
