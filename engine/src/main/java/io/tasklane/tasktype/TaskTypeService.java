package io.tasklane.tasktype;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.TaskType;
import io.tasklane.task.type.Handlers;
import io.tasklane.task.type.Schemas;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Registers, finds and deletes task types. */
public class TaskTypeService {
  /** First letters of the names of Tasklane's own types. */
  public static final String OWN = "system.";

  private final EngineContext engine;
  private final Handlers handlers;
  private final RegisterTypes registration = new RegisterTypes();
  private final DeleteTypes deletion = new DeleteTypes();

  /** For subclasses, such as test doubles of the edges. */
  protected TaskTypeService() {
    this(null, null);
  }

  TaskTypeService(EngineContext engine, Handlers handlers) {
    this.engine = engine;
    this.handlers = handlers;
  }

  /** Whether a handler of this node executes the type. */
  public boolean isBuiltIn(String name) {
    return handlers.type(name).isPresent();
  }

  /**
   * The type of this name.
   *
   * @throws Refusal NOT_FOUND: TASK_TYPE_NOT_FOUND
   */
  public StoredType get(String name) {
    return engine
        .database()
        .with(c -> new TypeRows(c).find(name))
        .orElseThrow(() -> DeleteTypes.notFound(name));
  }

  /** Types in the order of their names, after this one, at most so many. */
  public List<StoredType> list(String afterName, int limit) {
    return engine.database().with(c -> new TypeRows(c).list(afterName, limit));
  }

  /**
   * Registers a type, or replaces its definition by one of a higher revision.
   *
   * @param revision of the definition, 1 or more
   * @throws Refusal (in the stage) INVALID_ARGUMENT: INPUT_SCHEMA; FAILED_PRECONDITION:
   *     TASK_TYPE_DIFFERS, TASK_TYPE_BUILT_IN
   */
  public CompletionStage<Answer<StoredType>> register(
      TaskType type, long revision, Change<StoredType> change) {
    if (type.name().startsWith(OWN) || isBuiltIn(type.name())) {
      return CompletableFuture.failedFuture(builtIn(type.name()));
    }
    try {
      requireSchema(type, "task_type.input_schema");
    } catch (Refusal refusal) {
      return CompletableFuture.failedFuture(refusal);
    }
    RegisterTypes.Request request =
        new RegisterTypes.Request(
            TypeRegistration.Source.CALLER, List.of(new RegisterTypes.Definition(type, revision)));
    return engine
        .committer()
        .submit(
            registration,
            request,
            new Change<List<StoredType>>(
                change.caller(),
                change.method(),
                change.requestId(),
                change.bodyHash(),
                stored -> change.encoder().apply(stored.get(0))))
        .thenApply(TaskTypeService::single);
  }

  private static Answer<StoredType> single(Answer<List<StoredType>> answer) {
    return answer instanceof Answer.Stored<List<StoredType>> stored
        ? new Answer.Stored<>(stored.bytes(), stored.generated())
        : new Answer.Fresh<>(((Answer.Fresh<List<StoredType>>) answer).value().get(0));
  }

  /**
   * Deletes a type that no unfinished task has and no living worker serves.
   *
   * @throws Refusal (in the stage) NOT_FOUND: TASK_TYPE_NOT_FOUND; FAILED_PRECONDITION:
   *     TASK_TYPE_IN_USE, TASK_TYPE_BUILT_IN
   */
  public CompletionStage<Answer<StoredType>> delete(String name, Change<StoredType> change) {
    return isBuiltIn(name)
        ? CompletableFuture.failedFuture(builtIn(name))
        : engine.committer().submit(deletion, name, change);
  }

  /**
   * Checks the schema of a type.
   *
   * @param field of the request that has it
   * @throws Refusal INVALID_ARGUMENT: INPUT_SCHEMA
   */
  public static void requireSchema(TaskType type, String field) {
    if (!type.inputSchema().isEmpty()) {
      Schemas.faultOf(type.inputSchema())
          .ifPresent(
              fault -> {
                throw Refusal.invalid(
                    RefusalReason.INPUT_SCHEMA,
                    field,
                    "the input_schema of " + type.name() + " is no JSON Schema: " + fault);
              });
    }
  }

  /** The refusal of what only handlers of the server define. */
  public static Refusal builtIn(String name) {
    return Refusal.precondition(
        RefusalReason.TASK_TYPE_BUILT_IN,
        "task_types/" + name,
        "a handler of the server executes it and says what it states");
  }
}
