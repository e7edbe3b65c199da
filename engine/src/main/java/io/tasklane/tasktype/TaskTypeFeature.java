package io.tasklane.tasktype;

import io.tasklane.feature.EngineContext;
import io.tasklane.feature.Feature;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;
import java.util.List;

/** Task types as a feature of the engine. */
public final class TaskTypeFeature implements Feature {
  private final EngineContext context;
  private final Handlers handlers;
  private final StoredTypes types;

  /**
   * Registers the types of this node's handlers, durably.
   *
   * @param context of the engine
   * @param handlers of this node
   */
  public TaskTypeFeature(EngineContext context, Handlers handlers) {
    this.context = context;
    this.handlers = handlers;
    this.types = new StoredTypes(context.database(), handlers, Ticker.SYSTEM);
    context
        .committer()
        .submit(
            new RegisterTypes(),
            new RegisterTypes.Request(
                TypeRegistration.Source.HANDLER,
                handlers.types().stream()
                    .map(type -> new RegisterTypes.Definition(type, 1))
                    .toList()))
        .join();
  }

  /** The types that tasks may have. */
  public StoredTypes types() {
    return types;
  }

  @Override
  public List<Object> services() {
    return List.of(new TaskTypeService(context, handlers));
  }
}
