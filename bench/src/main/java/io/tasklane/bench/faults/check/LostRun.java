package io.tasklane.bench.faults.check;

import io.tasklane.bench.faults.record.Behaviour;
import io.tasklane.bench.faults.record.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A run that was lost with its node.
 *
 * @param lease of the run, from its claim until the loss was entered
 * @param run as the API tells of it
 * @param begun what its handler told, empty where it had not begun
 */
record LostRun(Lease lease, Entry.PastRun run, Optional<Entry.Begun> begun) {

  /** Those of a task; none where log and runs do not agree, to which another rule objects. */
  static List<LostRun> of(Life life) {
    List<Lease> leases = life.leases();
    List<LostRun> lost = new ArrayList<>();
    if (life.ended().isEmpty() || life.ended.runs().size() != leases.size()) {
      return lost;
    }
    for (int i = 0; i < leases.size(); i++) {
      Entry.PastRun run = life.ended.runs().get(i);
      if (run.failureCode().equals(Behaviour.LEASE_LOST)) {
        lost.add(
            new LostRun(
                leases.get(i),
                run,
                life.begun.stream().filter(b -> b.token() == run.token()).findFirst()));
      }
    }
    return lost;
  }

  /** The process that it ran in; 0 where that is not known. */
  long process() {
    return begun.map(Entry.Begun::process).orElse(0L);
  }

  /** Name of the node that it ran on, as faults tell it. */
  String node() {
    return run.node().replaceFirst("^nodes/", "");
  }

  /** When this run was about to kill its node; empty where it was not. */
  Optional<Entry.Kills> kill() {
    return lease.life().kills.stream().filter(kills -> kills.token() == run.token()).findFirst();
  }
}
