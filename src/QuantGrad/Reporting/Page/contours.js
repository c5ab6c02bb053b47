// Segments [[column, row], [column, row]] along which a matrix has one of the levels (marching squares; a saddle cell is cut by the order of its sides).
export function contours(values, levels) {
  const segments = [];
  for (let row = 0; row + 1 < values.length; row++) {
    for (let column = 0; column + 1 < values[row].length; column++) {
      const corners = [[column, row], [column + 1, row], [column + 1, row + 1], [column, row + 1]];
      const heights = corners.map(([c, r]) => values[r][c]);
      if (heights.some(height => height === null)) continue;
      for (const level of levels) {
        const cuts = [];
        for (let side = 0; side < 4; side++) {
          const [a, b] = [heights[side], heights[(side + 1) % 4]];
          if (a < level === b < level) continue;
          const share = (level - a) / (b - a), [from, to] = [corners[side], corners[(side + 1) % 4]];
          cuts.push([from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]);
        }
        for (let cut = 0; cut + 1 < cuts.length; cut += 2) segments.push([cuts[cut], cuts[cut + 1]]);
      }
    }
  }
  return segments;
}
