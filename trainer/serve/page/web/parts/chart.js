// Charts as SVG: bars of a histogram and lines over epochs, each with its numbers as a table.
import { element, drawn, figure, short } from './element.js';

const WIDTH = 460;
const HEIGHT = 220;
const LEFT = 46;
const BOTTOM = 26;
const TOP = 10;

// About `many` round numbers that divide the range from `low` to `high`.
function ticks(low, high, many = 4) {
  const rough = (high - low) / many || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= 0.7 * rough);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

const scaled = (low, high, from, to) => (value) => from + (to - from) * (high > low ? (value - low) / (high - low) : 0.5);

function axis(y, values) {
  return values.map((value) => [
    drawn('line', { class: 'grid', x1: LEFT, x2: WIDTH - 6, y1: y(value), y2: y(value) }),
    drawn('text', { x: LEFT - 6, y: y(value) + 4, 'text-anchor': 'end' }, Math.abs(value) >= 10000 ? short(value) : figure(value)),
  ]);
}

function table(title, heads, rows) {
  return element('details', {}, element('summary', {}, 'Numbers'),
    element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': title }, element('table', {},
      element('thead', {}, element('tr', {}, heads.map((head) => element('th', { scope: 'col' }, head)))),
      element('tbody', {}, rows.map((row) => element('tr', {}, row.map((cell) => element('td', { class: 'number' }, cell))))))));
}

function framed(title, svg, rest) {
  return element('figure', { class: 'chart' }, element('figcaption', {}, title), svg, rest);
}

// bars: [[where a bar begins, height]]; `name` writes where it begins.
export function histogram(title, bars, { name = figure, what = 'from', count = 'number' } = {}) {
  const high = Math.max(...bars.map((bar) => bar[1]), 1);
  const y = scaled(0, high, HEIGHT - BOTTOM, TOP);
  const step = (WIDTH - LEFT - 6) / bars.length;
  const every = Math.ceil(bars.length / 7);
  const svg = drawn('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${title}: ${bars.length} bars; the numbers follow as a table` },
    axis(y, ticks(0, high)),
    bars.map(([from, height], i) => drawn('rect', {
      class: 'bar', x: LEFT + i * step + 1, width: Math.max(step - 2, 1), y: y(height), height: y(0) - y(height),
    }, drawn('title', {}, `${name(from)}: ${figure(height)}`))),
    bars.map(([from], i) => (i % every ? null : drawn('text', { x: LEFT + (i + 0.5) * step, y: HEIGHT - 8, 'text-anchor': 'middle' }, name(from)))));
  return framed(title, svg, table(title, [what, count], bars.map(([from, height]) => [name(from), figure(height)])));
}

function path(points, x, y) {
  return points.map(([a, b], i) => `${i ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join('');
}

// series: [{name, points: [[x, y]]}]; x are whole numbers such as epochs, up to `last`.
export function lines(title, series, { last = 1, what = 'epoch' } = {}) {
  const all = series.flatMap((one) => one.points.map((point) => point[1]));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const margin = (high - low) * 0.06 || Math.abs(high) * 0.1 || 1;
  const x = scaled(1, Math.max(last, 2), LEFT + 4, WIDTH - 12);
  const y = scaled(low - margin, high + margin, HEIGHT - BOTTOM, TOP);
  const across = ticks(1, Math.max(last, 2), 6).filter((value) => Number.isInteger(value));
  const svg = drawn('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': `${title}; the numbers follow as a table` },
    axis(y, ticks(low - margin, high + margin)),
    across.map((value) => drawn('text', { x: x(value), y: HEIGHT - 8, 'text-anchor': 'middle' }, figure(value))),
    series.map((one, i) => [drawn('path', { class: `line line-${i}`, d: path(one.points, x, y) }),
      one.points.length ? drawn('circle', { class: `dot line-${i}`, r: 3.5, cx: x(one.points.at(-1)[0]), cy: y(one.points.at(-1)[1]) }) : null]));
  const legend = series.length < 2 ? null : element('ul', { class: 'legend' },
    series.map((one, i) => element('li', {}, element('i', { class: `key line-${i}` }), one.name)));
  const at = [...new Set(series.flatMap((one) => one.points.map((point) => point[0])))].sort((a, b) => a - b);
  const values = series.map((one) => new Map(one.points));
  return framed(title, svg, [legend, table(title, [what, ...series.map((one) => one.name)],
    at.map((place) => [figure(place), ...values.map((of) => figure(of.get(place), 5))]))]);
}
