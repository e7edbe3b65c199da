package io.tasklane.worker.stream;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.feature.EngineContext;
import io.tasklane.task.Actor;
import io.tasklane.tasktype.TaskTypeService;
import io.tasklane.worker.DrainWorkers;
import io.tasklane.worker.Hello;
import io.tasklane.worker.RejectOffers;
import io.tasklane.worker.Worker;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerReader;
import io.tasklane.worker.WorkerSession;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Connects, finds and drains workers. */
public class WorkerService {
  private final EngineContext engine;
  private final StreamTools tools;
  private final WorkerStreams streams;

  /** For subclasses, such as test doubles of the edges. */
  protected WorkerService() {
    this(null, null, null);
  }

  WorkerService(EngineContext engine, StreamTools tools, WorkerStreams streams) {
    this.engine = engine;
    this.tools = tools;
    this.streams = streams;
  }

  /**
   * A worker has said Hello; waits until it is entered.
   *
   * @param listener is told what the worker has to know
   * @throws Refusal INVALID_ARGUMENT: INPUT_SCHEMA; FAILED_PRECONDITION: TASK_TYPE_DIFFERS,
   *     TASK_TYPE_BUILT_IN, WORKER_LOST; UNAVAILABLE: DATABASE_UNAVAILABLE
   */
  public WorkerSession connect(Hello hello, WorkerListener listener) {
    for (int i = 0; i < hello.types().size(); i++) {
      Hello.Type one = hello.types().get(i);
      if (one.type().name().startsWith(TaskTypeService.OWN)) {
        throw TaskTypeService.builtIn(one.type().name());
      }
      TaskTypeService.requireSchema(one.type(), "hello.task_types[" + i + "].input_schema");
    }
    return streams.connect(hello, listener);
  }

  /**
   * The worker with this id.
   *
   * @throws Refusal NOT_FOUND: WORKER_NOT_FOUND
   */
  public Worker get(String workerId) {
    return engine.database().with(c -> new WorkerReader(c).require(workerId));
  }

  /** Workers in the order of their ids, after this one, at most so many. */
  public List<Worker> list(String after, int limit) {
    return engine.database().with(c -> new WorkerReader(c).list(after, limit));
  }

  /**
   * Has a worker finish what it has and take no more offers.
   *
   * @throws Refusal (in the stage) NOT_FOUND: WORKER_NOT_FOUND; FAILED_PRECONDITION: WORKER_LOST
   */
  public CompletionStage<Answer<Worker>> drain(
      String workerId, Actor actor, Change<Worker> change) {
    return engine
        .committer()
        .submit(new DrainWorkers(), new DrainWorkers.Drain(workerId, actor), change)
        .thenApply(
            answer -> {
              returnOffers(workerId);
              return answer;
            });
  }

  /** Whoever dies before it has done so leaves them to the end of their time. */
  private void returnOffers(String workerId) {
    engine
        .database()
        .with(c -> new WorkerReader(c).key(workerId))
        .ifPresent(
            worker ->
                engine
                    .committer()
                    .submit(
                        new RejectOffers(tools.returns()),
                        new RejectOffers.OfWorker(worker, List.of())));
  }
}
