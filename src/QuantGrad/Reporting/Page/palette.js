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

const channels = colour => colour.match(/[\d.]+/g).slice(0, 3).map(Number);

// The colour a share of the way from one to the other, as the drawing library mixes them.
export function mix(from, to, share) {
  const [a, b] = [channels(from), channels(to)];
  return `rgb(${a.map((value, index) => Math.round(value + share * (b[index] - value))).join(', ')})`;
}

// Black or white, whichever stands out: one of them always has a contrast of 4.5 or more (WCAG 2).
export function legible(ground) {
  const [r, g, b] = channels(ground).map(value => { const share = value / 255; return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}
