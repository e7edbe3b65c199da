package io.tasklane.workflow.store;

import io.tasklane.definition.DefinitionReader;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The definitions that were used last, so that a decision does not compile its own anew. */
public final class StoredDefinitions {
  private static final int MOST = 500;

  private final Map<Long, StoredDefinition> used =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, StoredDefinition> eldest) {
          return size() > MOST;
        }
      };

  /** The definition with this key. */
  StoredDefinition get(WorkflowRows rows, long id) throws SQLException {
    StoredDefinition known = known(id);
    if (known == null) {
      known = StoredDefinition.of(DefinitionReader.read(rows.definition(id)));
      keep(id, known);
    }
    return known;
  }

  private synchronized StoredDefinition known(long id) {
    return used.get(id);
  }

  private synchronized void keep(long id, StoredDefinition definition) {
    used.put(id, definition);
  }
}
