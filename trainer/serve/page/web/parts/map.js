// A map of points on a canvas: zoom by wheel, pinch or + and -, move by dragging or arrow keys. What it shows is told to
// `viewed`, which lists it as text beside the map.
import { element, afterPause } from './element.js';

export const GROUPS = 9; // colours: eight genres and the others
const KEY_STEP = 0.15; // of the width that is seen
const LABELS = 22;

// The colours of the style as they are now: of a variable alone, a browser gives the text, not the colour.
function colours(probe) {
  const of = (name) => {
    probe.style.setProperty('color', `var(${name})`);
    return getComputedStyle(probe).color;
  };
  return { ink: of('--ink'), paper: of('--card'), group: Array.from({ length: GROUPS }, (_, i) => of(`--group-${i}`)) };
}

export class PointMap {
  // points: [{movie, title, x, y, ratings, group}]; `viewed(points)` after each move, `chosen(point)` on a click.
  constructor(points, { viewed, chosen }) {
    this.points = [...points].sort((a, b) => b.ratings - a.ratings);
    this.chosen = chosen;
    this.marked = null;
    this.canvas = element('canvas', { class: 'map', tabindex: '0', role: 'application',
      'aria-label': 'Map of movies. Arrow keys move it, plus and minus zoom, 0 shows all. The movies in view are listed after the map.' });
    this.probe = element('span', { 'aria-hidden': 'true' });
    this.canvas.append(this.probe);
    this.repaint = () => this.draw();
    window.addEventListener('scheme', this.repaint);
    this.tell = afterPause(200, () => viewed(this.visible()));
    this.fingers = new Map();
    this.listen();
    this.resize = new ResizeObserver(() => this.fit());
    this.resize.observe(this.canvas);
    this.all();
  }

  listen() {
    const { canvas } = this;
    canvas.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    canvas.addEventListener('keydown', (event) => this.key(event));
    canvas.addEventListener('pointerdown', (event) => this.down(event));
    canvas.addEventListener('pointermove', (event) => this.drag(event));
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, (event) => this.up(event));
  }

  // Shows everything: the box of the middle 99 of 100 points.
  all() {
    const range = (values) => {
      const sorted = values.sort((a, b) => a - b);
      return [sorted[Math.floor(0.005 * sorted.length)] ?? 0, sorted[Math.ceil(0.995 * sorted.length) - 1] ?? 1];
    };
    const [x0, x1] = range(this.points.map((point) => point.x));
    const [y0, y1] = range(this.points.map((point) => point.y));
    this.x = (x0 + x1) / 2;
    this.y = (y0 + y1) / 2;
    this.box = [x1 - x0 || 1, y1 - y0 || 1];
    this.zoom = 1;
    this.draw();
  }

  fit() {
    const ratio = window.devicePixelRatio || 1;
    this.canvas.width = Math.round(this.canvas.clientWidth * ratio);
    this.canvas.height = Math.round(this.canvas.clientHeight * ratio);
    this.draw();
  }

  // Pixels of one unit, both ways alike.
  get scale() {
    return 0.92 * this.zoom * Math.min(this.canvas.clientWidth / this.box[0], this.canvas.clientHeight / this.box[1]);
  }

  place(point) {
    return [(point.x - this.x) * this.scale + this.canvas.clientWidth / 2, (this.y - point.y) * this.scale + this.canvas.clientHeight / 2];
  }

  visible() {
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    return this.points.filter((point) => {
      const [x, y] = this.place(point);
      return x >= 0 && y >= 0 && x <= width && y <= height;
    });
  }

  draw() {
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        this.paint();
      });
    }
  }

  paint() {
    const context = this.canvas.getContext('2d');
    const ratio = this.canvas.width / (this.canvas.clientWidth || 1);
    const colour = colours(this.probe);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
    const seen = this.visible();
    const grown = Math.min(3, 0.8 + 0.25 * Math.log2(this.zoom + 1));
    for (let i = seen.length - 1; i >= 0; i--) { // those with most ratings on top
      const [x, y] = this.place(seen[i]);
      context.globalAlpha = 0.75;
      context.fillStyle = colour.group[seen[i].group];
      context.beginPath();
      context.arc(x, y, grown * (1 + 0.45 * Math.log2(1 + seen[i].ratings)) * 0.8, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    this.labels(context, seen, colour);
    if (this.marked) this.mark(context, colour);
    this.tell();
  }

  // Titles of those with most ratings, none over another.
  labels(context, seen, colour) {
    context.font = '12px system-ui, sans-serif';
    context.lineWidth = 3;
    context.strokeStyle = colour.paper;
    context.fillStyle = colour.ink;
    const taken = [];
    for (const point of seen.slice(0, 120)) {
      if (taken.length >= LABELS) return;
      const [x, y] = this.place(point);
      const wide = context.measureText(point.title).width;
      const box = [x + 7, y - 8, x + 9 + wide, y + 8];
      if (box[2] > this.canvas.clientWidth || taken.some((b) => box[0] < b[2] && b[0] < box[2] && box[1] < b[3] && b[1] < box[3])) continue;
      taken.push(box);
      context.strokeText(point.title, x + 8, y + 4);
      context.fillText(point.title, x + 8, y + 4);
    }
  }

  mark(context, colour) {
    const [x, y] = this.place(this.marked);
    context.strokeStyle = colour.ink;
    context.lineWidth = 2.5;
    context.beginPath();
    context.arc(x, y, 12, 0, 2 * Math.PI);
    context.stroke();
    context.font = 'bold 14px system-ui, sans-serif';
    context.strokeStyle = colour.paper;
    context.lineWidth = 4;
    context.textAlign = 'center';
    context.strokeText(this.marked.title, x, y - 18);
    context.fillStyle = colour.ink;
    context.fillText(this.marked.title, x, y - 18);
    context.textAlign = 'start';
  }

  // Moves to a point and marks it.
  show(movie) {
    this.marked = this.points.find((point) => point.movie === movie) ?? null;
    if (this.marked) {
      this.x = this.marked.x;
      this.y = this.marked.y;
      this.zoom = Math.max(this.zoom, 4);
    }
    this.draw();
    return this.marked !== null;
  }

  // Zooms, while what is at a point of the canvas stays there.
  zoomAt(factor, px = this.canvas.clientWidth / 2, py = this.canvas.clientHeight / 2) {
    const before = this.scale;
    this.zoom = Math.min(Math.max(this.zoom * factor, 0.7), 200);
    const [dx, dy] = [px - this.canvas.clientWidth / 2, py - this.canvas.clientHeight / 2];
    this.x += dx / before - dx / this.scale;
    this.y -= dy / before - dy / this.scale;
    this.draw();
  }

  wheel(event) {
    event.preventDefault();
    this.zoomAt(Math.exp(-event.deltaY * 0.002), event.offsetX, event.offsetY);
  }

  key(event) {
    const step = KEY_STEP * this.canvas.clientWidth / this.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (moves[event.key]) {
      this.x += moves[event.key][0];
      this.y += moves[event.key][1];
      this.draw();
    } else if (event.key === '+' || event.key === '=') this.zoomAt(1.4);
    else if (event.key === '-') this.zoomAt(1 / 1.4);
    else if (event.key === '0') this.all();
    else return;
    event.preventDefault();
  }

  down(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, [event.offsetX, event.offsetY]);
    this.moved = this.fingers.size > 1;
  }

  drag(event) {
    const from = this.fingers.get(event.pointerId);
    if (!from) return;
    const to = [event.offsetX, event.offsetY];
    const other = [...this.fingers].find(([id]) => id !== event.pointerId)?.[1];
    if (other) {
      const apart = (a) => Math.hypot(a[0] - other[0], a[1] - other[1]) || 1;
      this.zoomAt(apart(to) / apart(from), (to[0] + other[0]) / 2, (to[1] + other[1]) / 2);
    } else {
      if (!this.moved && Math.hypot(to[0] - from[0], to[1] - from[1]) < 4) return;
      this.x -= (to[0] - from[0]) / this.scale;
      this.y += (to[1] - from[1]) / this.scale;
      this.draw();
    }
    this.moved = true;
    this.fingers.set(event.pointerId, to);
  }

  up(event) {
    if (!this.fingers.delete(event.pointerId) || this.moved || event.type !== 'pointerup') return;
    let best = null;
    let nearest = 18;
    for (const point of this.visible()) {
      const [x, y] = this.place(point);
      const apart = Math.hypot(x - event.offsetX, y - event.offsetY);
      if (apart < nearest) [best, nearest] = [point, apart];
    }
    if (best) this.chosen(best);
  }

  close() {
    this.resize.disconnect();
    window.removeEventListener('scheme', this.repaint);
  }
}
