package io.tasklane.grpc;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.Refusal;
import io.tasklane.api.RefusalReason;
import io.tasklane.task.Actor;
import io.tasklane.worker.Hello;
import io.tasklane.worker.LeaseName;
import io.tasklane.worker.Worker;
import io.tasklane.worker.WorkerListener;
import io.tasklane.worker.WorkerMessage;
import io.tasklane.worker.WorkerSession;
import io.tasklane.worker.stream.WorkerService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/** A worker service for tests, whose sessions do what the test says. */
public final class WorkersOfTest extends WorkerService {
  public final TreeMap<String, Worker> known = new TreeMap<>();
  public final BlockingQueue<Hello> hellos = new LinkedBlockingQueue<>();
  public final BlockingQueue<WorkerMessage> said = new LinkedBlockingQueue<>();
  public final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
  public volatile WorkerListener listener;
  public volatile Optional<Refusal> refusal = Optional.empty();
  public volatile Function<WorkerMessage, CompletionStage<Void>> answer =
      message -> CompletableFuture.completedFuture(null);

  @Override
  public WorkerSession connect(Hello hello, WorkerListener told) {
    refusal.ifPresent(
        refused -> {
          throw refused;
        });
    hellos.add(hello);
    listener = told;
    return new Session(hello.leases());
  }

  private final class Session implements WorkerSession {
    private final List<LeaseName> kept;

    Session(List<LeaseName> kept) {
      this.kept = kept;
    }

    @Override
    public String worker() {
      return "workers/w1";
    }

    @Override
    public List<LeaseName> kept() {
      return kept;
    }

    @Override
    public Duration lease() {
      return Duration.ofSeconds(15);
    }

    @Override
    public void welcomed() {
      ends.add("welcomed");
    }

    @Override
    public CompletionStage<Void> handle(WorkerMessage message) {
      said.add(message);
      return answer.apply(message);
    }

    @Override
    public CompletionStage<Void> finish() {
      ends.add("finished");
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void broken() {
      ends.add("broken");
    }
  }

  @Override
  public Worker get(String workerId) {
    return Optional.ofNullable(known.get(workerId))
        .orElseThrow(
            () ->
                Refusal.notFound(
                    RefusalReason.WORKER_NOT_FOUND, "workers/" + workerId, "does not exist"));
  }

  @Override
  public List<Worker> list(String after, int limit) {
    return known.tailMap(after, false).values().stream().limit(limit).toList();
  }

  @Override
  public CompletionStage<Answer<Worker>> drain(
      String workerId, Actor actor, Change<Worker> change) {
    ends.add("drain " + workerId + " " + actor.reason());
    return CompletableFuture.completedStage(new Answer.Fresh<>(get(workerId)));
  }
}
