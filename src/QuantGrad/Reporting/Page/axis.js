const label = colours => ({ color: colours.soft, fontSize: 11, fontFamily: colours.font, hideOverlap: true });

export function valueAxis(colours, format, { labels, ...extra } = {}) {
  return {
    type: 'value', scale: true, splitNumber: 4,
    axisLine: { show: false }, axisTick: { show: false },
    splitLine: { lineStyle: { color: colours.rule, width: 1 } },
    axisLabel: { ...label(colours), formatter: format, ...labels },
    nameTextStyle: { color: colours.soft, fontSize: 11, fontFamily: colours.font },
    axisPointer: { label: { show: false } },
    ...extra,
  };
}

export function timeAxis(colours, extent, extra = {}) {
  return {
    type: 'time', min: extent[0], max: extent[1], splitNumber: 8,
    axisLine: { onZero: false, lineStyle: { color: colours.faint } },
    axisTick: { lineStyle: { color: colours.faint } },
    splitLine: { show: false },
    axisLabel: { ...label(colours), formatter: { year: '{yyyy}', month: '{MMM}', day: '{d} {MMM}', hour: '{HH}:{mm}' } },
    axisPointer: { label: { show: false }, lineStyle: { color: colours.soft, type: 'solid', width: 1 } },
    ...extra,
  };
}

// Names stand at even steps: leaving out only those that collide would look like missing data.
export const every = names => Math.max(0, Math.ceil(names.length / 16) - 1);

export function categoryAxis(colours, names, extra = {}) {
  return {
    type: 'category', data: names,
    axisLine: { onZero: false, lineStyle: { color: colours.faint } },
    axisTick: { show: false },
    axisLabel: { ...label(colours), interval: every(names) },
    ...extra,
  };
}

// Ticks of a growth axis: round multiples between the extremes, as few as are legible.
export function growthTicks(low, high) {
  const mantissas = [[1, 1.1, 1.2, 1.3, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.2, 1.5, 2, 3, 4, 6, 8], [1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]];
  for (const row of mantissas) {
    const ticks = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
      for (const mantissa of row) {
        const tick = mantissa * 10 ** power;
        if (tick >= low && tick <= high) ticks.push(tick);
      }
    if (ticks.length > 6) continue;
    return ticks.length < 3 ? even(low, high) : ticks;
  }
  return [low, high];
}

// Growth that hardly moves lies between two round multiples: even steps of 1, 2 or 5, never finer than the two decimals of the labels.
function even(low, high) {
  const rough = (high - low) / 5, power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(0.01, [1, 2, 5, 10].find(factor => factor * power >= rough) * power);
  const ticks = [];
  for (let tick = Math.ceil(low / step); tick * step <= high; tick++) ticks.push(tick * step);
  return ticks;
}

