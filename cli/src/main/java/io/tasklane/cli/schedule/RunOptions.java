package io.tasklane.cli.schedule;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import io.tasklane.cli.command.TimeSpan;
import io.tasklane.v1.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** How a schedule runs, as options. */
final class RunOptions {
  /** What becomes of a due time while a run has not ended. */
  enum Overlap {
    SKIP,
    BUFFER_ONE,
    ALLOW,
    CANCEL_OTHER;

    Schedule.OverlapPolicy wire() {
      return Schedule.OverlapPolicy.valueOf("OVERLAP_POLICY_" + name());
    }
  }

  /** What a cron trigger does when the clocks change. */
  enum Dst {
    ONCE,
    WALL_CLOCK;

    Schedule.DstPolicy wire() {
      return Schedule.DstPolicy.valueOf("DST_POLICY_" + name());
    }
  }

  @Option(
      names = "--overlap",
      paramLabel = "OVERLAP",
      description = "While a run has not ended: ${COMPLETION-CANDIDATES}. Default: SKIP.")
  private Overlap overlap;

  @Option(
      names = "--dst",
      paramLabel = "DST",
      description = "When the clocks change: ${COMPLETION-CANDIDATES}. Default: ONCE.")
  private Dst dst;

  @Option(
      names = "--catch-up",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "What was missed runs if it is not older than this. Default: 5m.")
  private Duration catchUp;

  @Option(
      names = "--jitter",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description = "The longest delay of a start. Default: 0s.")
  private Duration jitter;

  @Option(
      names = "--start",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Not due before, for example 2026-11-23T09:30:00Z.")
  private Timestamp start;

  @Option(
      names = "--end",
      paramLabel = "TIME",
      converter = Time.class,
      description = "Not due from then on.")
  private Timestamp end;

  @Option(
      names = "--disable-on-failure",
      negatable = true,
      description = "Disable it as soon as a run fails.")
  private Boolean disableOnFailure;

  /** Sets what was given. */
  void addTo(Schedule.Builder schedule) {
    if (overlap != null) {
      schedule.setOverlapPolicy(overlap.wire());
    }
    if (dst != null) {
      schedule.setDstPolicy(dst.wire());
    }
    if (catchUp != null) {
      schedule.setCatchupWindow(Durations.fromMillis(catchUp.toMillis()));
    }
    if (jitter != null) {
      schedule.setJitter(Durations.fromMillis(jitter.toMillis()));
    }
    if (start != null) {
      schedule.setStartTime(start);
    }
    if (end != null) {
      schedule.setEndTime(end);
    }
    if (disableOnFailure != null) {
      schedule.setDisableOnFailure(disableOnFailure);
    }
  }

  /** The fields of Schedule that were given. */
  List<String> paths() {
    return Stream.of(
            overlap == null ? "" : "overlap_policy",
            dst == null ? "" : "dst_policy",
            catchUp == null ? "" : "catchup_window",
            jitter == null ? "" : "jitter",
            start == null ? "" : "start_time",
            end == null ? "" : "end_time",
            disableOnFailure == null ? "" : "disable_on_failure")
        .filter(path -> !path.isEmpty())
        .toList();
  }
}
