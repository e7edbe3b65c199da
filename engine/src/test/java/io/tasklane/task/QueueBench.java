package io.tasklane.task;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueueDefaults;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueSettings;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.admin.CreateQueues;
import io.tasklane.queue.admin.DeleteQueues;
import io.tasklane.queue.admin.QueueReader;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.queue.admin.Unfinished;
import io.tasklane.queue.admin.UpdateQueues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** Words on the life of the store's one queue, which two writers may change. */
public final class QueueBench implements AutoCloseable {
  static final String CONFIGURED = "CONFIGURED";
  final StoreBench store = new StoreBench();
  final GroupCommitter second = new GroupCommitter(store.database, Thread::new, () -> {});
  final List<QueueKey> told = new ArrayList<>();
  private final CreateQueues creation = new CreateQueues(told::add);
  private final UpdateQueues updates = new UpdateQueues(told::add);
  private final DeleteQueues deletion = new DeleteQueues(Set.of(CONFIGURED), told::add);

  CompletableFuture<Queue> set(GroupCommitter by, QueueState state) {
    Actor actor = new Actor("user:ann", "maintenance");
    return by.submit(
        store.states, new SetQueueState.Request(store.queue, StoreBench.QUEUE, state, actor));
  }

  Queue set(QueueState state) {
    return StoreBench.get(set(store.committer, state));
  }

  CompletableFuture<List<Creation>> create(GroupCommitter by, String taskId) {
    return by.submit(store.creation, List.of(store.named(taskId, 5)));
  }

  CompletableFuture<Queue> delete(GroupCommitter by, Unfinished counted) {
    return by.submit(
        deletion,
        new DeleteQueues.Request(
            store.queue, StoreBench.QUEUE, Optional.empty(), counted, "user:ann"));
  }

  CompletableFuture<Queue> delete(GroupCommitter by, Queue queue, Unfinished counted) {
    return by.submit(
        deletion,
        new DeleteQueues.Request(
            queue.key(), queue.queueId(), Optional.empty(), counted, "user:ann"));
  }

  CompletableFuture<Queue> delete(GroupCommitter by) {
    return delete(by, unfinished());
  }

  Queue deleteIf(String etag) {
    return StoreBench.get(
        store.committer.submit(
            deletion,
            new DeleteQueues.Request(
                store.queue, StoreBench.QUEUE, Optional.of(etag), unfinished(), "user:ann")));
  }

  Queue deleteConfigured() {
    Queue queue = make(CONFIGURED, QueueDefaults.STANDARD);
    return StoreBench.get(delete(store.committer, queue, new Unfinished(0, Long.MAX_VALUE)));
  }

  Unfinished unfinished() {
    return store.database.with(c -> Unfinished.of(c, store.queue));
  }

  CompletableFuture<Queue> make(GroupCommitter by, String queueId, QueueDefaults defaults) {
    QueueSettings settings = QueueSettings.of(queueId, defaults);
    return by.submit(creation, new CreateQueues.Request(settings, "user:ann"));
  }

  Queue make(String queueId, QueueDefaults defaults) {
    return StoreBench.get(make(store.committer, queueId, defaults));
  }

  Queue update(Optional<String> etag, UnaryOperator<QueueDefaults> change) {
    return change(etag, s -> QueueSettings.of(s.queueId(), s.policy(), change.apply(s.defaults())));
  }

  /** Another order of its tasks, or another number of runs at once. */
  Queue order(UnaryOperator<QueuePolicy> change) {
    return change(
        Optional.empty(),
        s -> QueueSettings.of(s.queueId(), change.apply(s.policy()), s.defaults()));
  }

  private Queue change(Optional<String> etag, UnaryOperator<QueueSettings> change) {
    return StoreBench.get(
        store.committer.submit(
            updates,
            new UpdateQueues.Request(store.queue, StoreBench.QUEUE, etag, change, "user:ann")));
  }

  Optional<Queue> read() {
    return store.database.with(c -> new QueueReader(c).find(StoreBench.QUEUE));
  }

  /** What kept this from being done, "" where it was done. */
  static String reason(CompletableFuture<?> reply) {
    try {
      StoreBench.get(reply);
      return "";
    } catch (Refusal refusal) {
      return refusal.reason().name();
    }
  }

  @Override
  public void close() {
    second.close();
    store.close();
  }
}
