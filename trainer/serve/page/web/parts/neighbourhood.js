// The users and movies near one, as a drawing in columns by hops, with messages that pass along its edges.
import { element, drawn, figure } from './element.js';
import { address } from './route.js';

const ROW_BELOW = 46; // height of a vertex with its name below it
const ROW_BESIDE = 27;
const BESIDE = 170; // width of a column from which names are beside
const EDGE = 1.2;

// The columns: nodes by hops, each near the ones it is joined with, so that few edges cross.
function columns(graph) {
  const rows = [];
  const place = new Map();
  graph.nodes.forEach((node, i) => (rows[node.hops] ??= []).push(i));
  rows.forEach((row, hops) => {
    const centre = new Map(row.map((i) => {
      const before = graph.edges.flatMap((e) => (e.source === i ? [e.target] : e.target === i ? [e.source] : []))
        .filter((j) => graph.nodes[j].hops === hops - 1).map((j) => place.get(j));
      return [i, before.length ? before.reduce((a, b) => a + b, 0) / before.length : 0];
    }));
    row.sort((a, b) => centre.get(a) - centre.get(b) || a - b);
    row.forEach((i, at) => place.set(i, (at + 0.5) / row.length));
  });
  return { rows, place };
}

function cut(text, most) {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

function vertex(node, x, y, letters, beside) {
  const href = node.kind === 'movie' ? address(['movie', String(node.id)]) : address(['recommendations'], { user: node.id });
  const shape = node.kind === 'movie'
    ? drawn('rect', { x: x - 8, y: y - 8, width: 16, height: 16, rx: 4 }) : drawn('circle', { cx: x, cy: y, r: 9 });
  const seen = cut(node.name, letters);
  const label = seen === node.name ? seen : `${seen} ${node.name}`; // who speaks to the browser says what is seen
  return drawn('a', { href, class: `vertex ${node.kind} hop-${node.hops}`, 'aria-label': label },
    drawn('circle', { class: 'touch', cx: x, cy: y, r: 18 }), shape,
    drawn('text', beside ? { x: x + 14, y: y + 4 } : { x, y: y + 22, 'text-anchor': 'middle' }, seen), drawn('title', {}, node.name));
}

function edgeLine(graph, edge, at, heaviest) {
  const [a, b] = [at[edge.source], at[edge.target]];
  const wide = EDGE + 3.5 * edge.weight / heaviest;
  const hops = Math.max(graph.nodes[edge.source].hops, graph.nodes[edge.target].hops);
  return drawn('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y, 'stroke-width': wide.toFixed(2), class: `edge to-${hops}` });
}

// Draws it into an SVG of `width`; {node, send(hops)}: messages along the edges between hops - 1 and hops.
export function neighbourhood(graph, width) {
  const { rows, place } = columns(graph);
  const most = Math.max(...rows.map((row) => row.length));
  const step = width / rows.length;
  const beside = step >= BESIDE;
  const height = Math.max(most * (beside ? ROW_BESIDE : ROW_BELOW) + 12, 180);
  const letters = Math.max(6, Math.floor((step - (beside ? 30 : 0)) / 6.6) - 1);
  const at = graph.nodes.map((node, i) => ({ x: (node.hops + (beside ? 0 : 0.5)) * step + (beside ? 14 : 0), y: place.get(i) * (height - (beside ? 0 : 20)) }));
  const heaviest = Math.max(...graph.edges.map((edge) => edge.weight), 1e-9);
  const dots = drawn('g', { class: 'messages', 'aria-hidden': 'true' });
  const node = drawn('svg', { viewBox: `0 0 ${width} ${height}`, class: 'neighbourhood', role: 'group', 'aria-label': 'Neighbourhood: users and movies by the number of edges between them' },
    drawn('g', {}, graph.edges.map((edge) => edgeLine(graph, edge, at, heaviest))), dots,
    graph.nodes.map((one, i) => vertex(one, at[i].x, at[i].y, letters, beside)));
  return { node, send: (hops) => send(graph, at, node, dots, hops) };
}

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

// One layer: a dot from the farther end of each edge to the nearer one.
async function send(graph, at, node, dots, hops) {
  const flights = [];
  for (const line of node.querySelectorAll('.edge')) line.classList.toggle('active', line.classList.contains(`to-${hops}`));
  if (still()) return;
  for (const edge of graph.edges) {
    const far = graph.nodes[edge.source].hops === hops ? edge.source : edge.target;
    const near = far === edge.source ? edge.target : edge.source;
    if (graph.nodes[far].hops !== hops || graph.nodes[near].hops !== hops - 1) continue;
    const dot = drawn('circle', { r: 4, cx: at[far].x, cy: at[far].y, class: 'message' });
    dots.append(dot);
    const flight = dot.animate([{ transform: 'none' },
      { transform: `translate(${at[near].x - at[far].x}px, ${at[near].y - at[far].y}px)` }], { duration: 900, easing: 'ease-in-out' });
    flights.push(flight.finished.catch(() => null).then(() => dot.remove()));
  }
  await Promise.all(flights);
}

// The same as a table, for those who would rather read it.
export function neighbourhoodTable(graph) {
  const name = (i) => graph.nodes[i].name;
  return element('details', {}, element('summary', {}, `The drawing as a table (${graph.edges.length} edges)`),
    element('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': 'Edges' }, element('table', {},
      element('thead', {}, element('tr', {}, ['From', 'To', 'Rating', 'Weight'].map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, graph.edges.map((edge) => element('tr', {},
        element('td', {}, name(edge.source)), element('td', {}, name(edge.target)),
        element('td', { class: 'number' }, figure(edge.rating)), element('td', { class: 'number' }, figure(edge.weight))))))));
}
