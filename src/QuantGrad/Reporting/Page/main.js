import { BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart } from 'echarts/charts';
import { AxisPointerComponent, DataZoomComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent, VisualMapComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { keyboard } from './keyboard.js';
import { bars } from './kinds/bars.js';
import { heat } from './kinds/heat.js';
import { histogram } from './kinds/histogram.js';
import { lines } from './kinds/lines.js';
import { scatter } from './kinds/scatter.js';
import { surface } from './kinds/surface.js';
import { time } from './kinds/time.js';
import { timeline } from './kinds/timeline.js';
import { legend } from './legend.js';
import { link, range } from './link.js';
import { palette } from './palette.js';
import { theme } from './theme.js';

use([BarChart, CustomChart, HeatmapChart, LineChart, ScatterChart, AxisPointerComponent, DataZoomComponent, GridComponent, LegendComponent,
  MarkLineComponent, TooltipComponent, VisualMapComponent, SVGRenderer]);

const kinds = { bars, heat, histogram, lines, scatter, surface, time, timeline };
const entries = [];
const speech = document.getElementById('speech');

function create(element) {
  const kind = element.dataset.chart;
  const data = JSON.parse(document.getElementById(element.dataset.from).textContent);
  data.height = Number(element.dataset.height);
  element.style.height = `${data.height}px`;
  const entry = { element, kind, data, hidden: new Set(), chart: init(element, null, { renderer: 'svg' }) };
  entries.push(entry);
  paint(entry);
  keyboard(entry, text => { speech.textContent = text; });
  if (kind === 'time') link(entry);
  element.dataset.drawn = 'yes';
}

function paint(entry) {
  const colours = palette();
  const option = kinds[entry.kind](entry.data, colours);
  if (option.legend) option.legend.selected = Object.fromEntries([...entry.hidden].map(name => [name, false]));
  entry.chart.setOption(option, { notMerge: true });
  legend(entry, colours);
}

const repaint = () => entries.forEach(paint);

// What is in sight is drawn at once, the rest in the pauses that follow, so that the first screen does not wait for the last.
function start() {
  const waiting = [...document.querySelectorAll('[data-chart]')];
  const visible = waiting.filter(element => element.getBoundingClientRect().top < innerHeight);
  visible.forEach(create);
  document.documentElement.dataset.first = String(Math.round(performance.now()));
  const rest = waiting.filter(element => !visible.includes(element));
  const next = () => {
    const element = rest.shift();
    if (!element) { document.documentElement.dataset.ready = 'yes'; return; }
    if (!element.dataset.drawn) create(element);
    setTimeout(next);
  };
  addEventListener('beforeprint', () => { while (rest.length) create(rest.shift()); prepare(true); });
  addEventListener('afterprint', () => prepare(false));
  setTimeout(next);
}

// Paper is light and as wide as A4 leaves it; before printing the page still has the colours and the width of the screen.
let shown = 'auto';
function prepare(printing) {
  const root = document.documentElement;
  if (printing) shown = root.dataset.theme;
  root.dataset.theme = printing ? 'light' : shown;
  for (const entry of entries) entry.chart.resize({ width: printing ? (entry.element.closest('.wide') ? 690 : 330) : 'auto' });
  repaint();
}

theme(repaint);
for (const button of document.querySelectorAll('[data-years]')) {
  button.closest('.range').hidden = false;
  button.addEventListener('click', () => range(Number(button.dataset.years)));
}
let resizing = 0;
addEventListener('resize', () => { cancelAnimationFrame(resizing); resizing = requestAnimationFrame(() => entries.forEach(entry => entry.chart.resize())); });
start();
