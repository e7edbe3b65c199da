// The live page: figures come over the WebSocket, readiness from /health/ready.
import { Connection } from './connection.mjs';
import { showParts } from './parts.mjs';
import { QueueTable } from './queue-table.mjs';
import { clockTime } from './words.mjs';

const byId = (id) => document.getElementById(id);
const table = new QueueTable(byId('queues'), byId('sums'), byId('empty'));
const WORDS = { live: 'live', connecting: 'connecting', lost: 'reconnecting' };

new Connection({
  onMessage: (message) => {
    table.show(message.stats ?? {});
    byId('as-of').textContent = `as of ${clockTime(new Date())}`;
  },
  onState: (state) => {
    document.body.dataset.connection = state;
    byId('connection-words').textContent = WORDS[state];
  },
}).open();

showParts(byId('parts'));
