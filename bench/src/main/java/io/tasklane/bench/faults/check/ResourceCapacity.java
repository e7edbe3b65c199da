package io.tasklane.bench.faults.check;

import java.util.List;

/** By the times of the log, the leases of no moment hold more units than the resource has. */
final class ResourceCapacity extends Rule {

  @Override
  void check(History history) {
    List<Overlap.Hold> holds =
        history.lives().stream()
            .filter(life -> life.created().filter(c -> c.sharing().units() > 0).isPresent())
            .flatMap(life -> life.leases().stream())
            .map(ResourceCapacity::hold)
            .toList();
    Overlap.look(
        holds,
        history.capacity(),
        (tasks, evidence) ->
            object(tasks + " held more than " + history.capacity() + " units at once", evidence));
  }

  private static Overlap.Hold hold(Lease lease) {
    return new Overlap.Hold(
        lease.life().task,
        lease.start(),
        lease.end(),
        lease.life().created.sharing().units(),
        lease.claim());
  }
}
