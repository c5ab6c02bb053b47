// A chart in focus: arrows walk the points and say them, + and - zoom, 0 shows everything.
export function keyboard(entry, say) {
  let row = -1;
  entry.element.addEventListener('keydown', event => {
    const length = pointsOf(entry);
    const step = event.shiftKey ? 20 : 1;
    if (event.key === 'ArrowRight') row = Math.min(length - 1, row + step);
    else if (event.key === 'ArrowLeft') row = Math.max(0, (row < 0 ? length : row) - step);
    else if (event.key === 'Home') row = 0;
    else if (event.key === 'End') row = length - 1;
    else if (event.key === 'Escape') { entry.chart.dispatchAction({ type: 'hideTip' }); return; }
    else if ('+-0'.includes(event.key) && entry.kind === 'time') { zoom(entry, event.key); event.preventDefault(); return; }
    else return;
    event.preventDefault();
    entry.chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: row });
    const card = entry.element.querySelector('.card');
    if (card) say([...card.children].map(part => part.innerText.replace(/\s+/g, ' ')).join(', '));
  });
}

function pointsOf(entry) {
  return entry.chart.getOption().series[0].data.length;
}

function zoom(entry, key) {
  const [state] = entry.chart.getOption().dataZoom;
  const middle = (state.start + state.end) / 2;
  const half = key === '0' ? 50 : Math.min(50, Math.max(0.5, (state.end - state.start) / 2 * (key === '+' ? 0.7 : 1 / 0.7)));
  const start = key === '0' ? 0 : Math.max(0, Math.min(100 - 2 * half, middle - half));
  entry.chart.dispatchAction({ type: 'dataZoom', dataZoomIndex: 0, start, end: key === '0' ? 100 : start + 2 * half });
}
