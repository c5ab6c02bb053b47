// Numbers as the tables print them: a true minus sign, no culture, a dash where there is nothing.
const minus = text => (/[1-9]/.test(text) ? text.replace('-', '\u2212') : text.replace('-', ''));

const fixed = (value, digits) => minus(value.toFixed(digits));

const formats = {
  percent: value => minus(String(Number((value * 100).toFixed(Math.abs(value) < 0.1 ? 1 : 0)))) + '%',
  percentPoints: value => fixed(value * 100, 1),
  percent1: value => fixed(value * 100, 1) + '%',
  percent2: value => fixed(value * 100, 2) + '%',
  number1: value => fixed(value, 1),
  number2: value => fixed(value, 2),
  number4: value => fixed(value, 4),
  significant: value => minus(value === 0 ? '0' : Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3 ? value.toExponential(1) : String(Number(value.toPrecision(3)))),
  multiple: value => fixed(value, value < 10 ? 2 : value < 100 ? 1 : 0) + '×',
  bp: value => fixed(value, 0) + ' bp',
  integer: value => fixed(value, 0),
};

export function formatter(name) {
  const format = formats[name] ?? formats.number2;
  return value => (value === null || value === undefined || !Number.isFinite(value) ? 'n/a' : format(value));
}

export const dayMilliseconds = 86400000;

export function date(milliseconds) {
  const text = new Date(milliseconds).toISOString();
  return milliseconds % dayMilliseconds === 0 ? text.slice(0, 10) : text.slice(0, 16).replace('T', ' ');
}
