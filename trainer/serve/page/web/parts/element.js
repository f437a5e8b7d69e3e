// Elements of the page. Text is always text: nothing that a server or a person wrote is read as HTML.

const SVG = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'style') for (const [property, text] of Object.entries(value)) node.style.setProperty(property, text);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// element('p', {class: 'note', onclick: f, style: {width: '1px'}}, 'text', child, [children])
export function element(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

// The same in SVG.
export function drawn(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

let ids = 0;

// An id that no other element has.
export function freshId(word) {
  ids += 1;
  return `${word}-${ids}`;
}

// Says a sentence to screen readers.
export function say(text) {
  document.getElementById('status').textContent = text;
}

const plain = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

export const whole = (number) => plain.format(number);
export const short = (number) => compact.format(number);

// A number with some digits, without an exponent where it is of ordinary size.
export function figure(number, digits = 3) {
  if (typeof number !== 'number' || !Number.isFinite(number)) return '–';
  return Number.isInteger(number) ? whole(number) : String(Number(number.toPrecision(digits)));
}

export const date = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);

// '1 movie', '2 movies'
export const count = (number, word) => `${whole(number)} ${word}${number === 1 ? '' : 's'}`;

// Calls `act` once there were no calls for some milliseconds; `.now()` makes the call that waits at once, `.cancel()` never.
export function afterPause(milliseconds, act) {
  let timer = 0;
  let waiting = null;
  const later = (...values) => {
    clearTimeout(timer);
    waiting = values;
    timer = setTimeout(later.now, milliseconds);
  };
  later.cancel = () => {
    clearTimeout(timer);
    waiting = null;
  };
  later.now = () => {
    const values = waiting;
    later.cancel();
    if (values) act(...values);
  };
  return later;
}
