// A small line of the last figures, drawn to its own highest point and, as long as there are few,
// over its whole width: an empty box at the start would look like a fault.
const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 160;
const HEIGHT = 36;
const EDGE = 2;

export class Sparkline {
  element = document.createElementNS(SVG, 'svg');
  #line = document.createElementNS(SVG, 'polyline');
  #area = document.createElementNS(SVG, 'polygon');
  #values = [];
  #kept;

  /** Keeps so many figures. */
  constructor(kept) {
    this.#kept = kept;
    this.element.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.element.setAttribute('preserveAspectRatio', 'none');
    this.element.setAttribute('role', 'img');
    this.element.classList.add('sparkline');
    this.element.append(this.#area, this.#line);
  }

  add(value) {
    this.#values.push(value);
    if (this.#values.length > this.#kept) {
      this.#values.shift();
    }
    const top = Math.max(1, ...this.#values);
    const shown = this.#values.length > 1 ? this.#values : [value, value];
    const step = WIDTH / (shown.length - 1);
    const points = shown.map((each, i) => {
      const y = HEIGHT - EDGE - (each / top) * (HEIGHT - 2 * EDGE);
      return `${(i * step).toFixed(1)},${y.toFixed(1)}`;
    });
    this.#line.setAttribute('points', points.join(' '));
    this.#area.setAttribute('points', `0,${HEIGHT} ${points.join(' ')} ${WIDTH},${HEIGHT}`);
    this.element.setAttribute('aria-label', `now ${value}, at most ${Math.max(...this.#values)}`);
  }
}
