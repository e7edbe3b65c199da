// The table of queues, and the sums above it.
import { QueueRow } from './queue-row.mjs';
import { count } from './words.mjs';

const SUMS = [
  ['queued', 'queued', (all) => sum(all, (q) => q.depth)],
  ['running', 'running', (all) => sum(all, (q) => (q.running ?? []).length)],
  ['done', 'done', (all) => sum(all, (q) => q.countByState?.SUCCEEDED)],
  ['failed', 'failed', (all) => sum(all, (q) => q.countByState?.FAILED)],
];

const sum = (all, of) => all.reduce((total, each) => total + Number(of(each) ?? 0), 0);

export class QueueTable {
  #rows = new Map();
  #body;
  #sums;
  #empty;

  constructor(body, sums, empty) {
    this.#body = body;
    this.#empty = empty;
    this.#sums = SUMS.map(([name, words, of]) => {
      const figure = document.createElement('b');
      figure.dataset.sum = name;
      const box = document.createElement('p');
      box.append(figure, ` ${words}`);
      sums.append(box);
      return [figure, of];
    });
  }

  /** Shows these queues, by name, and no others. */
  show(stats) {
    const names = Object.keys(stats).sort();
    for (const [name, row] of this.#rows) {
      if (!(name in stats)) {
        row.element.remove();
        this.#rows.delete(name);
      }
    }
    names.forEach((name, i) => {
      if (!this.#rows.has(name)) {
        const row = new QueueRow(name);
        this.#rows.set(name, row);
        this.#body.insertBefore(row.element, this.#body.children[i] ?? null);
      }
      this.#rows.get(name).show(stats[name]);
    });
    this.#sums.forEach(([figure, of]) => {
      figure.textContent = count(of(Object.values(stats)));
    });
    this.#empty.hidden = names.length > 0;
  }
}
