package io.tasklane.grpc;

import io.tasklane.explain.Explanation;
import io.tasklane.task.explain.ExplainService;
import io.tasklane.task.row.TaskReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Explanations for tests, as they were given. */
public final class ExplanationsOfTest extends ExplainService {
  public final Map<String, Explanation> known = new ConcurrentHashMap<>();

  @Override
  public Explanation explain(String taskId) {
    Explanation explanation = known.get(taskId);
    if (explanation == null) {
      throw TaskReader.notFound(taskId);
    }
    return explanation;
  }
}
