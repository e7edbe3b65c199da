package io.tasklane.workflow.catalog;

import io.tasklane.database.Database;
import io.tasklane.queue.admin.QueueDirectory;
import io.tasklane.task.type.KnownTypes;
import io.tasklane.workflow.compile.Catalog;
import io.tasklane.workflow.definition.Node;
import io.tasklane.workflow.definition.SubWorkflow;
import io.tasklane.workflow.store.StoreException;
import io.tasklane.workflow.template.TemplateReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a definition may name on this node.
 *
 * @param queues that exist
 * @param types that exist
 * @param reads reads templates
 */
public record WorkflowCatalog(QueueDirectory queues, KnownTypes types, Reads reads)
    implements Catalog {
  /** Reads from the store. */
  interface Reads {
    <T> T with(Database.Query<T> query);
  }

  /** Reads templates as they are committed. */
  public WorkflowCatalog(QueueDirectory queues, KnownTypes types, Database database) {
    this(queues, types, database::with);
  }

  /** The same that reads templates on this connection. */
  public WorkflowCatalog on(Connection connection) {
    return new WorkflowCatalog(queues, types, new OnConnection(connection));
  }

  private record OnConnection(Connection connection) implements Reads {
    @Override
    public <T> T with(Database.Query<T> query) {
      try {
        return query.on(connection);
      } catch (SQLException failed) {
        throw new StoreException(failed);
      }
    }
  }

  @Override
  public boolean queue(String queue) {
    return queues.find(queue).filter(found -> !found.isDeleted()).isPresent();
  }

  @Override
  public boolean taskType(String queue, String taskType) {
    return types.type(taskType).filter(type -> type.isAcceptedBy(queue)).isPresent();
  }

  @Override
  public boolean template(String template, OptionalInt version) {
    TemplateReference wanted = new TemplateReference(template, version);
    return reads.with(c -> new TemplateRows(c).find(wanted)).isPresent();
  }

  @Override
  public Set<String> templatesIn(String template) {
    TemplateReference newest = TemplateReference.newest(template);
    Set<String> all = new HashSet<>();
    reads
        .with(c -> new TemplateRows(c).find(newest))
        .ifPresent(found -> add(found.spec().definition().root(), all));
    return all;
  }

  private static void add(Node node, Set<String> all) {
    if (node.kind() instanceof SubWorkflow sub) {
      all.add(sub.template());
    }
    node.kind().children().forEach(child -> add(child, all));
    node.onFailure().ifPresent(branch -> add(branch, all));
  }
}
