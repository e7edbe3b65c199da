package io.tasklane.topic;

import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.SingleCommand;
import io.tasklane.database.NamedSql;
import io.tasklane.node.Node;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Makes a node the one that sends, if no living node is. The result is what it may go on from;
 * empty where another node sends, or the asking one does not count as living.
 */
record TakeTopic() implements SingleCommand<Node, Optional<TopicRow>> {
  /** The lock prevents the lease from being declared dead while this transaction relies on it. */
  private static final String LIVES =
      """
      SELECT 1 FROM node_lease WHERE node = :node AND incarnation = :incarnation AND NOT dead
      FOR SHARE""";

  private static final String TAKE =
      "UPDATE event_topic SET node = :node, incarnation = :incarnation, epoch = epoch + 1";

  @Override
  public CommandOrder order() {
    return CommandOrder.TAKE_TOPIC;
  }

  @Override
  public Outcome<Optional<TopicRow>> executeOne(Batch batch, Node me) throws SQLException {
    Optional<TopicRow> row = TopicRow.lock(batch.connection());
    if (row.isEmpty() || !lives(batch, me)) {
      return Outcome.done(Optional.empty());
    }
    Optional<Node> holder = row.get().node();
    if (holder.isPresent() && !holder.get().equals(me) && lives(batch, holder.get())) {
      return Outcome.done(Optional.empty());
    }
    NamedSql.on(batch.connection(), TAKE)
        .set("node", me.name())
        .set("incarnation", me.incarnation())
        .update();
    return Outcome.done(Optional.of(TopicRow.read(batch.connection())));
  }

  private static boolean lives(Batch batch, Node node) throws SQLException {
    return NamedSql.on(batch.connection(), LIVES)
        .set("node", node.name())
        .set("incarnation", node.incarnation())
        .exists();
  }
}
