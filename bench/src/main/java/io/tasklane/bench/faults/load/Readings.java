package io.tasklane.bench.faults.load;

import com.google.gson.JsonParser;
import com.google.protobuf.util.Timestamps;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.v1.Attempt;
import io.tasklane.v1.GetTaskRequest;
import io.tasklane.v1.ListTaskAttemptsRequest;
import io.tasklane.v1.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads how every task ended, through all nodes. */
public final class Readings {
  private static final int THREADS = 6;
  private static final int PAGE = 500;

  private final Doors doors;
  private final Chronicle chronicle;

  /**
   * Nothing is read yet.
   *
   * @param doors the nodes
   * @param chronicle where it is noted
   */
  public Readings(Doors doors, Chronicle chronicle) {
    this.doors = doors;
    this.chronicle = chronicle;
  }

  /** Reads these tasks. */
  public void read(List<String> tasks) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Void>> all = new ArrayList<>();
      for (String task : tasks) {
        all.add(threads.submit(() -> read(task)));
      }
      Outcomes.await(all);
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many of these tasks exist. */
  public long count(Collection<String> tasks) throws InterruptedException {
    long found = 0;
    for (String name : tasks) {
      GetTaskRequest get = GetTaskRequest.newBuilder().setName(name).build();
      try {
        doors.untilAnswered(name.hashCode(), (door, time) -> door.tasks(time).getTask(get));
        found++;
      } catch (StatusRuntimeException e) {
        requireNotFound(e);
      }
    }
    return found;
  }

  private static void requireNotFound(StatusRuntimeException e) {
    if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
      throw e;
    }
  }

  private Void read(String name) throws InterruptedException {
    GetTaskRequest get = GetTaskRequest.newBuilder().setName(name).build();
    ListTaskAttemptsRequest list =
        ListTaskAttemptsRequest.newBuilder().setName(name).setPageSize(PAGE).build();
    try {
      Task task =
          doors
              .untilAnswered(name.hashCode(), (door, time) -> door.tasks(time).getTask(get))
              .getTask();
      List<Attempt> attempts =
          doors
              .untilAnswered(
                  name.hashCode(), (door, time) -> door.tasks(time).listTaskAttempts(list))
              .getAttemptsList();
      note(task, attempts);
    } catch (StatusRuntimeException e) {
      requireNotFound(e); // the checker will see that nothing was read
    }
    return null;
  }

  private void note(Task task, List<Attempt> attempts) {
    chronicle.add(
        new Entry.Ended(
            chronicle.now(),
            task.getName(),
            Canceller.state(task),
            task.getAttempt(),
            task.getLostCount(),
            token(task),
            task.getFailure().getCode(),
            task.getRevision(),
            attempts.stream().map(Readings::run).toList(),
            Timestamps.toMicros(task.getCreateTime()),
            task.getLostAloneCount()));
  }

  private static long token(Task task) {
    return task.hasResult()
        ? JsonParser.parseString(task.getResult().getInline().toStringUtf8())
            .getAsJsonObject()
            .get("token")
            .getAsLong()
        : 0;
  }

  private static Entry.PastRun run(Attempt attempt) {
    return new Entry.PastRun(
        attempt.getFencingToken(),
        attempt.getNumber(),
        attempt.getExecutor(),
        attempt.getFailure().getCode());
  }
}
