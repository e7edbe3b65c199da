package io.tasklane.node;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Logger;

/**
 * The other nodes as this one sees them. It declares nodes dead: at once if their locked file
 * proves it, otherwise after a whole lease without renewal.
 */
final class OtherNodes {
  private static final Logger LOG = Logger.getLogger(OtherNodes.class.getName());

  private final String me;
  private final LeaseObservation observation;
  private volatile List<NodeLeaseRow.Seen> living = List.of();

  OtherNodes(String me, LeaseObservation observation) {
    this.me = me;
    this.observation = observation;
  }

  /**
   * Reads which nodes are alive, and declares dead those that do not renew.
   *
   * @return whether a start that was alive at the previous look is dead now, whoever declared it
   */
  boolean look(NodeLeaseRow row) throws SQLException {
    List<NodeLeaseRow.Seen> before = living;
    List<NodeLeaseRow.Seen> now = new ArrayList<>(row.living());
    now.removeIf(seen -> seen.name().equals(me));
    for (NodeLeaseRow.Seen expired : observation.observe(now)) {
      if (row.declareUnrenewedDead(expired)) {
        LOG.warning("node " + expired.name() + " was silent for a whole lease and counts as dead");
        now.remove(expired);
      }
    }
    living = now;
    return before.stream().anyMatch(was -> now.stream().noneMatch(was::isStartOf));
  }

  /**
   * Looks for proof that a process has ended, which costs the database nothing while there is none.
   *
   * @return whether a node that was alive at the previous look is dead now
   */
  boolean probe(NodeLeaseRow row) throws SQLException {
    boolean ended = false;
    for (NodeLeaseRow.Seen seen : living) {
      if (NodeFile.isFree(seen.file())) {
        ended = true;
        if (row.declareDead(seen)) {
          LOG.warning("node " + seen.name() + " has let go of its locked file and counts as dead");
        }
      }
    }
    return ended && look(row); // a node that stopped in good order has ended its lease itself
  }

  /** Whether no other node was alive at the last look. */
  boolean isEmpty() {
    return living.isEmpty();
  }

  /** The database was unreachable: starts every measurement again. */
  void forget() {
    observation.forget();
  }
}
