import { formatter } from '../format.js';
import { mix } from '../palette.js';

// A matrix as a surface: {values[row][column], format, path: [[column, row]]}. Cells are painted from the back to the front, seen from above the front corner.
export function surface(data, colours) {
  const rows = data.values.length, columns = data.values[0]?.length ?? 0;
  const all = data.values.flat().filter(value => value !== null);
  const low = Math.min(...all), high = Math.max(...all);
  const format = formatter(data.format);
  const share = value => (value - low) / (high - low || 1);
  const height = ([column, row]) => {
    const c = Math.min(columns - 2, Math.max(0, Math.floor(column))), r = Math.min(rows - 2, Math.max(0, Math.floor(row))), u = column - c, v = row - r;
    const [a, b, d, e] = [data.values[r][c], data.values[r][c + 1], data.values[r + 1][c], data.values[r + 1][c + 1]].map(value => value ?? low);
    return share((a * (1 - u) + b * u) * (1 - v) + (d * (1 - u) + e * u) * v);
  };
  const renderItem = (_, api) => {
    // Unit square and height to the plane of the eye, then as large as the drawing allows.
    const seen = ([column, row], h) => {
      const x = column / (columns - 1) - 0.5, y = row / (rows - 1) - 0.5;
      return [0.87 * x - 0.5 * y, 0.25 * x + 0.43 * y - 0.55 * h];
    };
    const outline = data.values.flatMap((line, row) => line.map((value, column) => (value === null ? null : seen([column, row], share(value))))).filter(Boolean);
    const edge = index => [Math.min(...outline.map(point => point[index])), Math.max(...outline.map(point => point[index]))];
    const [left, right] = edge(0), [top, bottom] = edge(1), margin = 14;
    const scale = Math.min((api.getWidth() - 2 * margin) / (right - left), (api.getHeight() - 2 * margin) / (bottom - top));
    const place = (point, h) => {
      const [x, y] = seen(point, h);
      return [api.getWidth() / 2 + scale * (x - (left + right) / 2), api.getHeight() / 2 + scale * (y - (top + bottom) / 2)];
    };
    const children = [];
    for (let row = 0; row + 1 < rows; row++) {
      for (let column = 0; column + 1 < columns; column++) {
        const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
        const heights = corners.map(([c, r]) => data.values[r][c]);
        if (heights.some(value => value === null)) continue;
        const middle = heights.reduce((sum, value) => sum + share(value), 0) / 4;
        children.push({ type: 'polygon', shape: { points: corners.map((corner, index) => place(corner, share(heights[index]))) }, style: { fill: mix(colours.middle, colours.high, middle), stroke: colours.soft, lineWidth: 0.3 } });
      }
    }
    const points = (data.path ?? []).map(point => place(point, height(point)));
    if (points.length) children.push({ type: 'polyline', shape: { points }, style: { stroke: colours.a, lineWidth: 1.8, fill: 'none' } });
    points.forEach(([cx, cy], index) => children.push({ type: 'circle', shape: { cx, cy, r: index === points.length - 1 ? 4.5 : 1.6 }, style: { fill: colours.a } }));
    for (const [value, word, below] of [[high, 'highest', -10], [low, 'lowest', 12]]) {
      const row = data.values.findIndex(line => line.includes(value)), [x, y] = place([data.values[row].indexOf(value), row], share(value));
      children.push({ type: 'text', style: { text: `${word} ${format(value)}`, x: Math.min(api.getWidth() - 60, Math.max(60, x)), y: Math.min(api.getHeight() - 8, Math.max(8, y + below)), textAlign: 'center', textVerticalAlign: 'middle', fill: colours.ink, stroke: colours.paper, lineWidth: 3, fontSize: 11, fontFamily: colours.font } });
    }
    return { type: 'group', children };
  };
  return {
    animation: false, tooltip: { show: false }, legend: { show: false },
    series: [{ type: 'custom', coordinateSystem: 'none', silent: true, animation: false, data: [0], renderItem }],
  };
}
