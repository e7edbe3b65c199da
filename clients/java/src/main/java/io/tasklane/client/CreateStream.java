package io.tasklane.client;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.TaskServiceGrpc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sends creates over one kept stream, many of which are in progress at once. It is opened with the
 * first. When it breaks off it is opened again, and what was not acknowledged is sent again under
 * its request id, for as long as calls are repeated.
 */
final class CreateStream implements AutoCloseable {
  /** As many as the server has in progress for one stream; more would wait on the way. */
  private static final int IN_PROGRESS = 1024;

  private final Connection connection;
  private final TaskServiceGrpc.TaskServiceStub tasks;
  private final Semaphore room = new Semaphore(IN_PROGRESS);
  private final Map<Long, Element> pending = new LinkedHashMap<>();
  private Backoff backoff = new Backoff();
  private Opened stream;
  private long sequence;
  private boolean waiting;
  private boolean closed;

  private record Element(
      CreateTaskRequest request, long end, CompletableFuture<StreamCreateTasksResult> result) {
    boolean isOver() {
      return System.nanoTime() - end > 0;
    }
  }

  CreateStream(Connection connection) {
    this.connection = connection;
    tasks = TaskServiceGrpc.newStub(connection.channel());
  }

  /** Sends a request that has a request id; waits while 1024 are in progress. */
  CompletableFuture<StreamCreateTasksResult> submit(CreateTaskRequest request) {
    room.acquireUninterruptibly();
    Element element = new Element(request, connection.end(), new CompletableFuture<>());
    element.result.whenComplete((result, error) -> room.release());
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("the client is closed");
      }
      send(element);
    }
    return element.result;
  }

  private void send(Element element) {
    pending.put(++sequence, element);
    if (stream != null) {
      stream.send(sequence, element);
    } else if (!waiting) {
      open();
    }
  }

  private synchronized void open() {
    waiting = false;
    if (closed || pending.isEmpty()) {
      return;
    }
    Opened opened = new Opened();
    opened.requests = tasks.streamCreateTasks(opened);
    stream = opened;
    pending.forEach(opened::send);
  }

  private void settle(List<StreamCreateTasksResult> results) {
    List<Runnable> settled = new ArrayList<>();
    synchronized (this) {
      backoff = new Backoff();
      for (StreamCreateTasksResult result : results) {
        Element element = pending.remove(result.getSequence());
        int code = result.getStatus().getCode();
        if (code == Status.Code.UNAVAILABLE.value() && !element.isOver()) {
          send(element);
        } else if (code != 0) {
          TasklaneException refusal = TasklaneException.ofStatus(result.getStatus());
          settled.add(() -> element.result.completeExceptionally(refusal));
        } else {
          settled.add(() -> element.result.complete(result));
        }
      }
    }
    settled.forEach(Runnable::run);
  }

  private void broken(Opened which, TasklaneException reason) {
    boolean repeatable = reason.code() == Status.Code.UNAVAILABLE;
    List<Element> over;
    synchronized (this) {
      if (stream != which) {
        return;
      }
      stream = null;
      over = removeWhere(element -> !repeatable || element.isOver());
      if (!pending.isEmpty() && !closed) {
        waiting = true;
        connection.reconnect();
        later(backoff.next().toMillis()).execute(this::open);
      }
    }
    over.forEach(element -> element.result.completeExceptionally(reason));
  }

  private static Executor later(long millis) {
    return CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
  }

  private List<Element> removeWhere(Predicate<Element> condition) {
    List<Element> removed = pending.values().stream().filter(condition).toList();
    pending.values().removeIf(condition);
    return removed;
  }

  /** Ends the stream; what is not acknowledged fails with CANCELLED. */
  @Override
  public void close() {
    List<Element> over;
    synchronized (this) {
      closed = true;
      over = removeWhere(element -> true);
    }
    TasklaneException reason =
        new TasklaneException(Status.Code.CANCELLED, "the client was closed");
    over.forEach(element -> element.result.completeExceptionally(reason));
  }

  /** One opening of the stream. */
  private final class Opened implements StreamObserver<StreamCreateTasksResponse> {
    private StreamObserver<StreamCreateTasksRequest> requests;

    private void send(long number, Element element) {
      requests.onNext(
          StreamCreateTasksRequest.newBuilder()
              .setSequence(number)
              .setRequest(element.request())
              .build());
    }

    @Override
    public void onNext(StreamCreateTasksResponse response) {
      settle(response.getResultsList());
    }

    @Override
    public void onError(Throwable error) {
      broken(this, TasklaneException.ofCall(error));
    }

    @Override
    public void onCompleted() {
      broken(this, new TasklaneException(Status.Code.UNAVAILABLE, "the server ended the stream"));
    }
  }
}
