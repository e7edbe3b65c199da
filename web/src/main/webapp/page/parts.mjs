// The parts of the server as /health/ready tells them, every few seconds.
const PERIOD = 5000;

async function look() {
  try {
    const answer = await fetch('/health/ready', { cache: 'no-store' });
    return (await answer.json()).checks;
  } catch {
    return []; // the connection's own state says that the server is away
  }
}

function part(check) {
  const healthy = check.status === 'UP' && String(check.data?.healthy ?? true) === 'true';
  const item = document.createElement('li');
  item.dataset.part = check.name;
  item.dataset.healthy = healthy;
  item.textContent = healthy ? check.name : `${check.name}: ${check.data?.detail ?? 'down'}`;
  item.title = check.data?.detail ?? '';
  return item;
}

/** Shows them in this list from now on. */
export async function showParts(list) {
  const checks = await look();
  list.replaceChildren(...checks.sort((a, b) => a.name.localeCompare(b.name)).map(part));
  setTimeout(() => showParts(list), PERIOD);
}
