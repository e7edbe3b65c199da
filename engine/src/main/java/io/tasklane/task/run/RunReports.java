package io.tasklane.task.run;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.task.Payload;
import io.tasklane.task.Progress;
import io.tasklane.task.Task;
import io.tasklane.task.complete.ReportProgress;
import java.util.Optional;

/** Writes what runs under way report: progress, checkpoints and logs. Nobody waits for that. */
final class RunReports {
  private final GroupCommitter committer;
  private final ReportProgress progress = new ReportProgress();
  private final SaveCheckpoints checkpoints = new SaveCheckpoints();
  private final SaveLogs logs = new SaveLogs();

  RunReports(GroupCommitter committer) {
    this.committer = committer;
  }

  /**
   * Sends the last report of a run. If it is not written when the run ends, the completion writes
   * it.
   */
  void sendProgress(LiveRun run) {
    Optional<Progress> unsent = run.progress().send();
    if (unsent.isPresent()) {
      Task task = run.claimed();
      committer
          .submit(progress, new ReportProgress.Report(task.id(), task.fencingToken(), unsent.get()))
          .thenAccept(
              written -> {
                if (written) {
                  run.progress().hasWritten(unsent.get());
                }
              });
    }
  }

  void saveCheckpoint(LiveRun run) {
    Optional<Payload> unsaved = run.takeUnsavedCheckpoint();
    if (unsaved.isPresent()) {
      committer.submit(
          checkpoints,
          new SaveCheckpoints.Save(
              run.claimed().id(), run.claimed().fencingToken(), unsaved.get()));
    }
  }

  /** Saves its log where something was logged since it was saved last. */
  void saveLog(LiveRun run) {
    Optional<String> unsaved = run.log().takeUnsaved();
    if (unsaved.isPresent()) {
      write(run, unsaved);
    }
  }

  /** The run has ended: its last checkpoint is saved, and its log is in the attempt. */
  void end(LiveRun run) {
    saveCheckpoint(run);
    if (run.log().isSaved()) {
      write(run, Optional.empty());
    }
  }

  private void write(LiveRun run, Optional<String> log) {
    committer.submit(
        logs, new SaveLogs.Save(run.claimed().id(), run.claimed().fencingToken(), log));
  }
}
