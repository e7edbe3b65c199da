package io.tasklane.task;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.NewTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How many tasks a second one after another are created and run, for measurements on demand. */
final class HotPath {
  private static final int BATCH = 1_000;
  private static final String RAW =
      "DO $$ BEGIN FOR i IN 1..%d LOOP UPDATE raw SET n = n + 1; COMMIT; END LOOP; END $$";

  private HotPath() {}

  /** Creations a second, a thousand in a command. */
  static double create(StoreBench store, Map<String, String> labels, int batches) {
    long begin = System.nanoTime();
    for (int i = 0; i < batches; i++) {
      List<NewTask> tasks = new ArrayList<>();
      for (int j = 0; j < BATCH; j++) {
        tasks.add(labelled(store.task(5), labels));
      }
      StoreBench.get(store.committer.submit(store.creation, tasks));
    }
    return perSecond(batches * BATCH, begin);
  }

  static NewTask labelled(NewTask task, Map<String, String> labels) {
    return NewTasks.of(
        task.taskId(),
        false,
        task.queue().value(),
        task.queueId(),
        task.spec().taskType(),
        task.spec().input(),
        task.priority(),
        task.spec().retryPolicy(),
        task.spec().timeouts().attempt(),
        task.spec().resultTtl(),
        labels,
        task.start(),
        task.deduplicationKey(),
        task.principal(),
        task.path());
  }

  /** Claims a second, each in the command that settles the run before it; so many tasks wait. */
  static double turn(StoreBench store, int turns) {
    Ownership owner = store.take("n1", 1).orElseThrow();
    Task run = store.claim(owner).claimed().orElseThrow();
    long begin = System.nanoTime();
    for (int i = 0; i < turns; i++) {
      run = store.complete(owner, run, StoreBench.succeeded(), true).claimed().orElseThrow();
    }
    double rate = perSecond(turns, begin);
    store.complete(owner, run, StoreBench.succeeded(), false);
    return rate;
  }

  /**
   * Updates of one row a second, each durable before the next: what this machine can do just now.
   */
  static double raw(StoreBench store, int updates) {
    Postgres.run(
        store.database,
        "CREATE TABLE IF NOT EXISTS raw (n int); DELETE FROM raw; INSERT INTO raw VALUES (0)");
    long begin = System.nanoTime();
    Postgres.run(store.database, RAW.formatted(updates));
    return perSecond(updates, begin);
  }

  private static double perSecond(int count, long begin) {
    return count / ((System.nanoTime() - begin) / 1e9);
  }
}
