// A WebSocket that comes back: it opens again after a break, ever more slowly, and counts as lost
// when nothing has come for a while, which a cut cable does not say by itself.
const ADDRESS = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/v1/queue-stats?interval=0.5s`;
const SILENCE = 5000;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

export class Connection {
  #on;
  #socket;
  #pause = FIRST_PAUSE;
  #watch;

  /** onMessage gets each message, onState "connecting", "live" or "lost". */
  constructor({ onMessage, onState }) {
    this.#on = { message: onMessage, state: onState };
  }

  open() {
    const socket = new WebSocket(ADDRESS);
    this.#socket = socket;
    this.#expect(socket);
    socket.addEventListener('message', (event) => {
      if (socket !== this.#socket) {
        return;
      }
      this.#pause = FIRST_PAUSE;
      this.#expect(socket);
      this.#on.message(JSON.parse(event.data));
      this.#on.state('live');
    });
    socket.addEventListener('close', () => this.#lose(socket));
  }

  #expect(socket) {
    clearTimeout(this.#watch);
    this.#watch = setTimeout(() => this.#lose(socket), SILENCE);
  }

  #lose(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = undefined;
    clearTimeout(this.#watch);
    socket.close();
    this.#on.state('lost');
    setTimeout(() => this.open(), this.#pause * (0.75 + Math.random() / 2));
    this.#pause = Math.min(LONGEST_PAUSE, this.#pause * 2);
  }
}
