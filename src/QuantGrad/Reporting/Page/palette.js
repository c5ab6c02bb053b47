// The colours live in page.css as custom properties; a probe element resolves them for the theme in force.
export function palette() {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const names = ['ink', 'soft', 'faint', 'rule', 'paper', 'strategy', 'gross', 'benchmark', 'a', 'b', 'c', 'd', 'e', 'f',
    'gain', 'loss', 'train', 'purge', 'validation', 'test', 'band', 'low', 'middle', 'high'];
  const colours = {};
  for (const name of names) {
    probe.style.color = `var(--${name})`;
    colours[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  colours.font = getComputedStyle(document.body).fontFamily;
  return colours;
}

const order = ['a', 'b', 'c', 'd', 'e', 'f'];

// A series says its role; an unknown or missing role takes the next of the plain colours.
export function colourOf(series, index, colours) {
  return colours[series.role] ?? colours[order[index % order.length]];
}
