// One queue's row. Text goes in as text, never as markup.
import { Sparkline } from './sparkline.mjs';
import { age, count, rate, seconds, span } from './words.mjs';

const STATES = { STATE_ACTIVE: 'active', STATE_PAUSED: 'paused', STATE_DRAINING: 'draining' };
const SHOWN_RUNNING = 3;
const KEPT = 240; // two minutes at two figures a second

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

export class QueueRow {
  element = element('tr');
  #cells = {};
  #sparkline = new Sparkline(KEPT);

  constructor(name) {
    this.element.dataset.queue = name;
    const id = name.replace(/^queues\//, '');
    const queue = element('th', 'queue', element('span', 'name', id), this.#cell('state', 'badge'), this.#cell('owner', 'owner'));
    queue.scope = 'row';
    this.element.append(
      queue,
      element('td', 'number', this.#cell('queued', 'large'), this.#cell('oldest', 'under')),
      element('td', 'running', this.#cell('running')),
      element('td', 'number', this.#cell('done')),
      element('td', 'number', this.#cell('failed')),
      element('td', 'number', this.#cell('retries'), this.#cell('resting', 'under')),
      element('td', 'number', this.#cell('rates')),
      element('td', 'number', this.#cell('run-p95')),
      element('td', 'number', this.#cell('wait-p95')),
      element('td', 'trend', this.#sparkline.element),
    );
    const heads = [...document.querySelectorAll('thead th')];
    [...this.element.children].forEach((cell, i) => {
      cell.dataset.label = heads[i].textContent; // where the table folds into cards
    });
  }

  #cell(figure, className) {
    const cell = element('span', className);
    cell.dataset.figure = figure;
    this.#cells[figure] = cell;
    return cell;
  }

  #say(figure, text) {
    if (this.#cells[figure].textContent !== text) {
      this.#cells[figure].textContent = text;
    }
  }

  show(stats) {
    const states = stats.countByState ?? {};
    const state = STATES[stats.queueState] ?? 'unknown';
    this.element.dataset.state = state;
    this.#say('state', state);
    this.#say('owner', stats.ownerNode ? `on ${stats.ownerNode}` : 'no owner');
    this.#say('queued', count(stats.depth));
    const oldest = seconds(stats.oldestAge);
    this.#say('oldest', Number.isNaN(oldest) ? '' : `oldest ${age(oldest)}`);
    this.#say('done', count(states.SUCCEEDED));
    this.#say('failed', count(states.FAILED));
    this.element.classList.toggle('has-failed', Number(states.FAILED ?? 0) > 0);
    this.#say('retries', count(stats.retryCount));
    const resting = Number(states.RETRY_WAIT ?? 0);
    this.#say('resting', resting ? `${count(resting)} waiting` : '');
    this.#say('rates', `${rate(stats.addRate)} / ${rate(stats.successRate)}`);
    this.#say('run-p95', span(seconds(stats.runDurationP95)));
    this.#say('wait-p95', span(seconds(stats.waitDurationP95)));
    this.#showRunning(stats.running ?? []);
    this.#sparkline.add(Number(stats.depth ?? 0));
  }

  #showRunning(running) {
    const lines = running.slice(0, SHOWN_RUNNING).map((task) => {
      const since = (Date.now() - Date.parse(task.startTime)) / 1000;
      const line = element('span', 'task', element('b', '', task.taskType), ` ${age(since)}`);
      line.title = task.name;
      return line;
    });
    const more = running.length - lines.length;
    if (more > 0) {
      lines.push(element('span', 'task', `and ${count(more)} more`));
    }
    this.#cells.running.replaceChildren(...(lines.length ? lines : [element('span', 'idle', 'idle')]));
  }
}
