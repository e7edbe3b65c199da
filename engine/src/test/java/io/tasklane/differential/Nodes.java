package io.tasklane.differential;

import io.tasklane.commit.Ownership;
import io.tasklane.key.QueueKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The nodes of a script: which of them live, and what they own. */
final class Nodes {
  private final Connection connection;
  private final Map<String, Long> starts = new HashMap<>();
  private final Map<String, Ownership> owned = new HashMap<>();

  Nodes(Connection connection) {
    this.connection = connection;
  }

  /** A node is declared dead; one without a name never lived. */
  void die(String node) {
    run("UPDATE node_lease SET dead = true WHERE node = '" + node + "'");
  }

  /** A node starts; returns the number of its start. */
  long start(String node) {
    long start = starts.merge(node, 1L, Long::sum);
    run(
        "INSERT INTO node_lease VALUES ('"
            + node
            + "', "
            + start
            + ", 1, false, 'h', 'f', now(), now()) ON CONFLICT (node) DO UPDATE SET incarnation = "
            + start
            + ", dead = false");
    return start;
  }

  /** A node owns a queue. */
  void owns(String queue, Ownership ownership) {
    owned.put(queue + "/" + ownership.node(), ownership);
  }

  /** What a node last knew of its right to a queue. */
  Ownership ownership(String queue, String node, int key) {
    return owned.getOrDefault(queue + "/" + node, new Ownership(new QueueKey(key), node, 0, 0));
  }

  private void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
