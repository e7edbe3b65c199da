package io.tasklane.task.claim;

import io.tasklane.commit.Batch;
import io.tasklane.database.NamedSql;
import io.tasklane.feature.ClaimCondition;
import io.tasklane.feature.ClaimVerdict;
import io.tasklane.key.TaskKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The conditions of all features.
 *
 * @param all in the order in which they are checked, which is also that of their locks
 */
public record ClaimConditions(List<ClaimCondition> all) implements ClaimCondition {
  private static final String MET =
      "SELECT %s FROM (SELECT clock_timestamp() AS at) t, task k WHERE k.id = :task";

  /** Copies the list. */
  public ClaimConditions {
    all = List.copyOf(all);
  }

  /** SQL: whether the task {@code k} meets all of them. */
  @Override
  public String sql() {
    Stream<String> each = all.stream().map(condition -> "(" + condition.sql() + ")");
    return Stream.concat(Stream.of("true"), each).collect(Collectors.joining(" AND ", "(", ")"));
  }

  /** The first verdict that would keep the task from being claimed, if there is one. */
  @Override
  public ClaimVerdict look(Connection connection, TaskKey task) throws SQLException {
    for (ClaimCondition condition : all) {
      ClaimVerdict verdict = condition.look(connection, task);
      if (!(verdict instanceof ClaimVerdict.MayRun)) {
        return verdict;
      }
    }
    return ClaimVerdict.MAY_RUN;
  }

  /**
   * The first verdict that keeps the task from being claimed, if there is one. Those whose SQL it
   * meets are not asked any further.
   */
  @Override
  public ClaimVerdict check(Batch batch, TaskKey task) throws SQLException {
    List<ClaimCondition> unmet = unmet(batch.connection(), task);
    for (ClaimCondition condition : unmet) {
      ClaimVerdict verdict = condition.check(batch, task);
      if (verdict instanceof ClaimVerdict.Given given) {
        return new ClaimVerdict.Given(
            given.token(), unmet.stream().filter(other -> other != condition).toList());
      }
      if (!(verdict instanceof ClaimVerdict.MayRun)) {
        return verdict;
      }
    }
    return new ClaimVerdict.MayRun(unmet);
  }

  private List<ClaimCondition> unmet(Connection connection, TaskKey task) throws SQLException {
    String met =
        all.stream().map(ClaimCondition::sql).collect(Collectors.joining("), (", "(", ")"));
    List<ClaimCondition> unmet = new ArrayList<>();
    if (!all.isEmpty()) {
      NamedSql.on(connection, MET.formatted(met))
          .set("task", task)
          .each(
              row -> {
                for (int i = 0; i < all.size(); i++) {
                  if (!row.getBoolean(i + 1)) {
                    unmet.add(all.get(i));
                  }
                }
              });
    }
    return unmet;
  }
}
