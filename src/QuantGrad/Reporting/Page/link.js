import { dayMilliseconds } from './format.js';

// The charts over the calendar zoom and point together: a date is a date in each of them, however it was thinned.
const linked = [];
let passing = false;

function pass(source, action) {
  if (passing) return;
  passing = true;
  for (const other of linked) if (other !== source) action(other);
  passing = false;
}

export function link(entry) {
  linked.push(entry);
  entry.chart.on('datazoom', () => {
    const [zoom] = entry.chart.getOption().dataZoom;
    pass(entry, other => other.chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: zoom.startValue, endValue: zoom.endValue }));
  });
  entry.chart.on('updateAxisPointer', event => {
    const at = event.axesInfo?.[0]?.value;
    pass(entry, other => point(other, at));
  });
  entry.chart.getZr().on('globalout', () => pass(entry, other => point(other, undefined)));
}

// Puts the pointer line of a chart at a date, without its card; no date takes it away.
export function point(entry, at) {
  if (at === undefined) {
    entry.chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
    return;
  }
  const x = entry.chart.convertToPixel({ xAxisIndex: 0 }, at);
  entry.chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'mousemove', x, y: 60, tooltipOption: { showContent: false } });
}

// The buttons above the first chart: the last years, or everything.
export function range(years) {
  for (const entry of linked) {
    const dates = entry.data.dates;
    const end = dates[dates.length - 1];
    const start = years ? Math.max(dates[0], end - years * 365.25) : dates[0];
    passing = true;
    entry.chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, startValue: start * dayMilliseconds, endValue: end * dayMilliseconds });
    passing = false;
  }
}
