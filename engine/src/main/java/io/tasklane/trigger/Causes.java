package io.tasklane.trigger;

import io.tasklane.database.NamedSql;
import io.tasklane.event.LogEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the chains of causes of events: of what they are about, and of who published them. A task
 * has the chain of the task that created it, or of its workflow; a workflow that of the events that
 * started it.
 */
final class Causes {
  /** Tasks that create tasks, and workflows within workflows, one above another. */
  private static final int MOST_LEVELS = 100;

  private static final String FIND =
      """
      WITH RECURSIVE up AS (
        SELECT DISTINCT u.name AS begin, u.name AS who, 0 AS level
        FROM unnest(:names::text[]) AS u (name)
        UNION
        SELECT up.begin, coalesce(k.create_principal, w.create_principal), up.level + 1
        FROM up
        LEFT JOIN task k ON k.name = CASE WHEN up.who LIKE 'tasks/%%' THEN substr(up.who, 7) END
        LEFT JOIN workflow w ON w.name = %1$s AND w.causation IS NULL
        WHERE up.level < %2$d AND coalesce(k.create_principal, w.create_principal) IS NOT NULL)
      SELECT up.begin, w.causation FROM up JOIN workflow w ON w.name = %1$s
      WHERE w.causation IS NOT NULL"""
          .formatted(
              """
              CASE WHEN up.who LIKE 'workflow:%' THEN substr(up.who, 10)
                WHEN up.who LIKE 'workflows/%' THEN substr(up.who, 11) END""",
              MOST_LEVELS);

  private final Map<String, CausationChain> known = new HashMap<>();

  private Causes() {}

  /** The causes of these events. */
  static Causes of(Connection connection, Collection<LogEvent> events) throws SQLException {
    Causes causes = new Causes();
    List<String> names = new ArrayList<>();
    for (LogEvent event : events) {
      names.add(event.subject());
      names.add(event.actor());
    }
    names.removeIf(name -> !name.startsWith("tasks/") && !name.startsWith("workflow"));
    if (!names.isEmpty()) {
      NamedSql.on(connection, FIND)
          .set("names", "text", names)
          .each(
              row ->
                  causes.known.merge(
                      row.getString(1),
                      CausationJson.read(row.getString(2)),
                      CausationChain::mergedWith));
    }
    return causes;
  }

  CausationChain of(LogEvent event) {
    CausationChain subject = known.getOrDefault(event.subject(), CausationChain.NONE);
    return subject.mergedWith(known.getOrDefault(event.actor(), CausationChain.NONE));
  }
}
