package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Gate;
import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.dependency.Dependency;
import io.tasklane.key.FencingToken;
import io.tasklane.key.TaskKey;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.state.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a run reported last is written by the command that settles it, whichever way that goes, and
 * told before its end; it costs no commit of its own.
 */
class LastProgressTest {
  private static final Progress DONE = new Progress(5, 5, "accounts", "ready", Instant.EPOCH);

  private static final ReportProgress REPORTS = new ReportProgress();

  private final StoreBench store = new StoreBench();
  private final Ownership owner = store.take("n1", 1).orElseThrow();

  @AfterEach
  void close() {
    TaskLog.isInOrder(store.database);
    store.close();
  }

  private static CompleteAndClaim.Completion complete(
      Task run, RunEnd end, Optional<Progress> progress) {
    RunCompletion what = RunCompletion.of(end, run.retryPolicy(), run.attempt(), new Random(1));
    return CompleteAndClaim.Completion.of(run, what, List.of(), "", progress);
  }

  private static RunEnd failed() {
    Failure failure = new Failure(Failure.Kind.RETRYABLE, "X", "", "", Instant.EPOCH);
    return new RunEnd.Failed(failure, Optional.empty(), Optional.empty());
  }

  private CompleteAndClaim ends(Task run, RunEnd end) {
    return new CompleteAndClaim(owner, Optional.of(complete(run, end, Optional.of(DONE))), true);
  }

  private Task start(NewTask task) {
    store.create(task);
    return store.claim(owner).claimed().orElseThrow();
  }

  private void isKept(String taskId, TaskState end) {
    Task task = store.read(taskId);
    assertThat(task.progress()).contains(DONE);
    assertThat(task.state()).isEqualTo(end);
    assertThat(events(taskId)).endsWith("2 to RUNNING", "1 to " + end);
  }

  /** Kind and state of the task's events, in their order. */
  private List<String> events(String taskId) {
    String sql =
        "SELECT e.kind, e.to_state FROM task_event e JOIN task k ON k.id = e.task WHERE k.name = '"
            + taskId
            + "' ORDER BY e.xid, e.seq";
    return store.database.with(
        connection -> {
          List<String> events = new ArrayList<>();
          try (var statement = connection.createStatement();
              var row = statement.executeQuery(sql)) {
            while (row.next()) {
              events.add(row.getInt(1) + " to " + TaskState.of(row.getInt(2)));
            }
          }
          return events;
        });
  }

  @Test
  void in_the_one_commit_of_the_completion() {
    Task run = start(store.named("t", 5));
    long before = store.committer.commits().count();
    StoreBench.get(store.committer.submit(store.completions, ends(run, StoreBench.succeeded())));
    isKept("t", TaskState.SUCCEEDED);
    assertThat(store.committer.commits().count()).isEqualTo(before + 1);
  }

  @Test
  void where_others_wait_for_the_task() {
    store.create(store.named("needed", 5));
    store.create(
        store.named("waits", 5).withStart(StartConditions.after(List.of(Dependency.on("needed")))));
    Task run = store.claim(owner).claimed().orElseThrow();
    CompleteAndClaimResult result =
        StoreBench.get(
            store.committer.submit(store.completions, ends(run, StoreBench.succeeded())));
    assertThat(result.claimed().map(Task::taskId)).contains("waits");
    isKept("needed", TaskState.SUCCEEDED);
  }

  @Test
  void where_the_run_failed() {
    Task run = start(store.named("t", 5));
    StoreBench.get(store.committer.submit(store.completions, ends(run, failed())));
    isKept("t", TaskState.RETRY_WAIT);
  }

  @Test
  void where_turns_meet() {
    Postgres.run(store.database, "UPDATE queue_owner SET concurrency = 2");
    List<Task> runs = List.of(start(store.named("a", 5)), start(store.named("b", 5)));
    List<CompletableFuture<CompleteAndClaimResult>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          for (Task run : runs) {
            replies.add(
                store.committer.handIn(store.completions, ends(run, StoreBench.succeeded())));
          }
        });
    replies.forEach(StoreBench::get);
    isKept("a", TaskState.SUCCEEDED);
    isKept("b", TaskState.SUCCEEDED);
  }

  @Test
  void in_groups() {
    store.create(store.named("a", 5));
    store.create(store.named("b", 5));
    store.create(store.named("silent", 5));
    GroupResult claimed =
        StoreBench.get(
            store.committer.submit(store.groups, new GroupCompletion(owner, List.of(), 3)));
    List<CompleteAndClaim.Completion> completions =
        claimed.claimed().stream()
            .map(
                run ->
                    complete(
                        run,
                        StoreBench.succeeded(),
                        Optional.of(DONE).filter(any -> !run.taskId().equals("silent"))))
            .toList();
    StoreBench.get(
        store.committer.submit(store.groups, new GroupCompletion(owner, completions, 0)));
    isKept("a", TaskState.SUCCEEDED);
    isKept("b", TaskState.SUCCEEDED);
    assertThat(store.read("silent").progress()).isEmpty();
  }

  @Test
  void nothing_is_kept_of_a_run_whose_lease_is_over() {
    Task run = start(store.named("t", 5));
    CompleteAndClaim.Completion late =
        new CompleteAndClaim.Completion(
            run.id(),
            new FencingToken(run.fencingToken().value() - 1),
            complete(run, StoreBench.succeeded(), Optional.empty()).decision(),
            List.of(),
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.of(DONE));
    StoreBench.get(
        store.committer.submit(
            store.completions, new CompleteAndClaim(owner, Optional.of(late), false)));
    StoreBench.get(
        store.committer.submit(store.groups, new GroupCompletion(owner, List.of(late), 0)));
    assertThat(store.read("t").progress()).isEmpty();
    assertThat(store.read("t").state()).isEqualTo(TaskState.RUNNING);
  }

  @Test
  void what_was_reported_before_stays_where_nothing_is_new() {
    Task run = start(store.named("t", 5));
    Progress half = new Progress(1, 2, "", "", Instant.EPOCH);
    ReportProgress.Report report = new ReportProgress.Report(run.id(), run.fencingToken(), half);
    assertThat(StoreBench.get(store.committer.submit(new ReportProgress(), report))).isTrue();
    store.complete(owner, run, StoreBench.succeeded(), false);
    assertThat(store.read("t").progress()).contains(half);
  }

  @Test
  void of_two_reports_of_one_run_that_meet_the_last_counts_and_a_stale_one_is_refused() {
    Task run = start(store.named("t", 5));
    Progress half = new Progress(1, 2, "", "", Instant.EPOCH);
    List<CompletableFuture<Boolean>> replies = new ArrayList<>();
    Gate.oneBatch(
        store.committer,
        () -> {
          replies.add(report(run.id().value(), run.fencingToken().value(), half));
          replies.add(report(run.id().value(), run.fencingToken().value() - 1, half));
          replies.add(report(run.id().value(), run.fencingToken().value(), DONE));
        });
    assertThat(replies).extracting(StoreBench::get).containsExactly(true, false, true);
    assertThat(store.read("t").progress()).contains(DONE);
  }

  private CompletableFuture<Boolean> report(long task, long token, Progress progress) {
    return store.committer.handIn(
        REPORTS, new ReportProgress.Report(new TaskKey(task), new FencingToken(token), progress));
  }
}
