package io.tasklane.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.task.Failure;
import io.tasklane.task.Payload;
import io.tasklane.task.Run;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.TaskState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dependent gets of a task whose result is over: one answer, clean-up or not. */
@Timeout(60)
class ExpiredResultTest {
  private static final String OVER =
      "UPDATE task SET result_expire_time = clock_timestamp() WHERE name = 'a'";
  private static final String CLEAN_UP =
      "UPDATE task SET result = NULL, result_type = NULL WHERE name = 'a'";
  @TempDir private Path folder;
  private EngineBench bench;

  @BeforeEach
  void start() {
    bench = new EngineBench(folder, Run::input, EngineBench.queue("Q", QueuePolicy.STANDARD));
    bench.create(TaskRequest.of("Q", EngineBench.TYPE, Payload.json("{\"v\":42}")).withTaskId("a"));
    bench.await("a", TaskState.SUCCEEDED);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  private static TaskRequest request(String taskId) {
    return EngineBench.request("Q", taskId);
  }

  private static TaskRequest dependent(String taskId) {
    return request(taskId)
        .withStart(
            StartConditions.after(
                List.of(new Dependency("a", DependencyPolicy.ON_SUCCESS, Optional.of("a")))));
  }

  @Test
  void a_dependent_created_after_the_end_of_the_result_fails_before_and_after_the_clean_up() {
    Postgres.run(bench.database, OVER);
    bench.create(dependent("before"));
    Task before = bench.await("before", TaskState.FAILED);
    Postgres.run(bench.database, CLEAN_UP);
    bench.create(dependent("after"));
    Task after = bench.await("after", TaskState.FAILED);
    for (Task failed : List.of(before, after)) {
      Failure why = failed.failure().orElseThrow();
      assertThat(why.code()).isEqualTo("RESULT_EXPIRED");
      assertThat(why.kind()).isEqualTo(Failure.Kind.PERMANENT);
      assertThat(why.message()).contains("the result of tasks/a was over");
    }
  }

  @Test
  void a_dependent_created_before_the_end_of_the_result_gets_it_however_late_it_starts() {
    bench.set("Q", QueueState.PAUSED);
    bench.create(dependent("late"));
    Postgres.run(bench.database, OVER);
    bench.set("Q", QueueState.ACTIVE);
    Task late = bench.await("late", TaskState.SUCCEEDED);
    assertThat(late.result().orElseThrow().text()).isEqualTo("{\"a\":{\"v\":42}}");
  }
}
