package io.tasklane.node;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * The other nodes as this one sees them. It buries those that are dead: at once where their locked
 * file proves it, else after the silence of a whole lease.
 */
final class OtherNodes {
  private static final Logger LOG = Logger.getLogger(OtherNodes.class.getName());

  private final String me;
  private final LeaseObservation silence;
  private List<NodeLeaseRow.Seen> living = List.of();

  OtherNodes(String me, LeaseObservation silence) {
    this.me = me;
    this.silence = silence;
  }

  /**
   * Reads who lives, and buries the silent.
   *
   * @return whether a start that lived at the look before is gone, whoever buried it
   */
  boolean look(NodeLeaseRow row) throws SQLException {
    List<NodeLeaseRow.Seen> before = living;
    List<NodeLeaseRow.Seen> now = new ArrayList<>(row.living());
    now.removeIf(seen -> seen.name().equals(me));
    for (NodeLeaseRow.Seen silent : silence.observe(now)) {
      if (row.burySilent(silent)) {
        LOG.warning("node " + silent.name() + " was silent for a whole lease and counts as dead");
        now.remove(silent);
      }
    }
    living = now;
    return before.stream().anyMatch(was -> now.stream().noneMatch(was::isStartOf));
  }

  /**
   * Looks for proof of death, which costs the database nothing while there is none.
   *
   * @return whether one was buried
   */
  boolean probe(NodeLeaseRow row) throws SQLException {
    List<NodeLeaseRow.Seen> buried = new ArrayList<>();
    for (NodeLeaseRow.Seen seen : living) {
      if (NodeFile.isFree(seen.file()) && row.bury(seen)) {
        LOG.warning("node " + seen.name() + " has let go of its locked file and counts as dead");
        buried.add(seen);
      }
    }
    if (buried.isEmpty()) {
      return false;
    }
    living = living.stream().filter(seen -> !buried.contains(seen)).toList();
    return true;
  }

  /** The database was away: every count of silence begins anew. */
  void forget() {
    silence.forget();
  }
}
