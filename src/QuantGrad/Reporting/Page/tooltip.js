// The hover card is made of elements with text content: no markup of any name is ever parsed.
export function card(heading, rows) {
  const box = document.createElement('div');
  box.className = 'card';
  const title = document.createElement('p');
  title.textContent = heading;
  box.append(title);
  for (const [name, value, colour] of rows) {
    const row = document.createElement('div');
    const swatch = document.createElement('i');
    if (colour) swatch.style.background = colour;
    const left = document.createElement('bdi');
    left.textContent = name;
    const right = document.createElement('b');
    right.textContent = value;
    row.append(swatch, left, right);
    box.append(row);
  }
  return box;
}

export function tooltip(trigger, formatter) {
  return {
    trigger, formatter, confine: true, appendTo: element => element, className: 'hover', transitionDuration: 0,
    backgroundColor: 'transparent', borderWidth: 0, padding: 0, extraCssText: 'box-shadow:none',
    axisPointer: { type: 'line', animation: false },
  };
}
