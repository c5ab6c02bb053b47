import { colourOf } from './palette.js';

// The key above a chart is made of buttons, so that a keyboard can show and hide a series too.
export function legend(entry, colours) {
  const names = seriesOf(entry);
  entry.legend?.remove();
  if (names.length < 2) return;
  const bar = document.createElement('div');
  bar.className = 'key';
  for (const { name, series, index } of names) {
    const item = document.createElement(entry.kind === 'timeline' ? 'span' : 'button');
    const swatch = document.createElement('i');
    swatch.style.background = colourOf(series, index, colours);
    if (series.dash) swatch.className = 'dash';
    const text = document.createElement('bdi');
    text.textContent = name;
    item.append(swatch, text);
    if (item.tagName === 'BUTTON') {
      item.type = 'button';
      const hidden = entry.hidden.has(name);
      item.setAttribute('aria-pressed', String(!hidden));
      item.addEventListener('click', () => {
        const hide = !entry.hidden.has(name);
        if (hide) entry.hidden.add(name); else entry.hidden.delete(name);
        item.setAttribute('aria-pressed', String(!hide));
        entry.chart.dispatchAction({ type: hide ? 'legendUnSelect' : 'legendSelect', name });
      });
    }
    bar.append(item);
  }
  entry.legend = bar;
  entry.element.before(bar);
}

// One entry a name: the fold lines of one kind share it.
function seriesOf(entry) {
  const found = new Map();
  const groups = entry.data.panels ? entry.data.panels.filter(panel => !panel.plain).map(panel => panel.series) : [entry.data.series ?? []];
  for (const group of groups) group.forEach((series, index) => { if (!found.has(series.name)) found.set(series.name, { name: series.name, series, index }); });
  if (entry.kind === 'timeline')
    for (const kind of ['train', 'purge', 'validation', 'test'])
      if (entry.data.spans.some(span => span.kind === kind)) found.set(kind, { name: kind, series: { role: kind }, index: 0 });
  return [...found.values()];
}
