package io.tasklane.bench.scenario;

import com.google.protobuf.Timestamp;
import io.tasklane.bench.figure.Figures;
import io.tasklane.bench.figure.Measure;
import io.tasklane.bench.figure.Quantiles;
import io.tasklane.bench.figure.Unit;
import io.tasklane.bench.raw.Limits;
import io.tasklane.bench.raw.RawCalls;
import io.tasklane.bench.raw.RawRows;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;

/**
 * One no-op task at a time on an idle queue, the next 5 ms after the result of the one before. A
 * client's view: from the call of CreateTask to the news of the start, and of the result, over an
 * event stream of the same client; what the stream takes is in it. The server's view: from the same
 * call to the recorded start and end, which have the database's clock; it is the clock of the
 * client too, on one machine, and a start is recorded a moment before its commit. Those of the
 * warm-up, at least 300, do not count. The limit is what one single-row update takes, as far apart;
 * the peer is told to execute at once, in its own process, and its times end where its handler
 * begins and where its completion is durable.
 */
@Command(
    name = "latency",
    description = "Submit to start and to result on an idle queue.",
    mixinStandardHelpOptions = true)
public final class Latency extends Scenario {
  private static final int WARM_UP = 300;
  private static final int FEWEST = 100;
  private static final Duration PAUSE = Duration.ofMillis(5);

  /**
   * One task, in milliseconds since it was submitted.
   *
   * @param answered when CreateTask had answered
   * @param startNews when a client knew that it runs
   * @param resultNews when a client knew its result
   * @param start when it started, as recorded
   * @param end when it ended, as recorded
   */
  private record Sample(
      double answered, double startNews, double resultNews, double start, double end) {}

  @Override
  Figures measure(Setting setting) throws Exception {
    Desk desk = setting.desk();
    String queue = desk.createQueue("LATENCY", Queue.getDefaultInstance());
    Limits limits =
        setting.limits(
            List.of(RawRows::updates, RawRows::sparseUpdates),
            RawCalls.busy(setting.channel()),
            RawCalls.sparse(setting.channel()));
    limits.measure();
    List<Sample> samples = new ArrayList<>();
    try (News news = News.of(setting.channel(), queue)) {
      setting.warmUp(
          setting.warmUpTasks(WARM_UP),
          i -> sample(setting, desk, news, Desk.noop(queue), "warm-up-" + i));
      setting.remark("measuring ...");
      long start = System.nanoTime();
      while (samples.size() < FEWEST || System.nanoTime() - start < setting.time().toNanos()) {
        samples.add(sample(setting, desk, news, Desk.noop(queue), "latency-" + samples.size()));
      }
    }
    var peer = setting.peer("latency", Long.toString(setting.time().toSeconds()));
    limits.measure();
    return figures(setting, limits, samples, peer);
  }

  private static Sample sample(
      Setting setting, Desk desk, News news, Task.Builder task, String role) throws Exception {
    String id = desk.id(role);
    String name = "tasks/" + id;
    CreateTaskRequest request = CreateTaskRequest.newBuilder().setTaskId(id).setTask(task).build();
    Instant time = setting.clock().instant();
    long submit = System.nanoTime();
    desk.tasks().createTask(request);
    long answer = System.nanoTime();
    long startNews = news.ofStart(name);
    long resultNews = news.ofResult(name);
    Task ended = desk.get(name);
    Thread.sleep(PAUSE.toMillis());
    return new Sample(
        (answer - submit) / 1e6,
        (startNews - submit) / 1e6,
        (resultNews - submit) / 1e6,
        millis(time, ended.getStartTime()),
        millis(time, ended.getEndTime()));
  }

  private static Figures figures(
      Setting setting, Limits limits, List<Sample> samples, Map<String, Double> peer) {
    Quantiles start = quantiles(samples, Sample::startNews);
    Quantiles result = quantiles(samples, Sample::resultNews);
    Quantiles recordedStart = quantiles(samples, Sample::start);
    Quantiles recordedEnd = quantiles(samples, Sample::end);
    Quantiles answer = quantiles(samples, Sample::answered);
    Figures figures = setting.figures();
    row(figures, "submit to start, p50", start.percentile(50), 1.8, limits, peer, "start_p50");
    row(figures, "submit to start, p99", start.percentile(99), 4.4, limits, peer, "start_p99");
    row(figures, "submit to result, p50", result.percentile(50), 2.8, limits, peer, "result_p50");
    row(figures, "submit to result, p99", result.percentile(99), 8.5, limits, peer, "result_p99");
    figures
        .detail("tasks", samples.size())
        .detail("recorded_start_p50_ms", recordedStart.percentile(50))
        .detail("recorded_start_p99_ms", recordedStart.percentile(99))
        .detail("recorded_end_p50_ms", recordedEnd.percentile(50))
        .detail("recorded_end_p99_ms", recordedEnd.percentile(99))
        .detail("create_answered_p50_ms", answer.percentile(50))
        .detail("create_answered_p99_ms", answer.percentile(99));
    limits.tell(figures);
    return figures;
  }

  private static void row(
      Figures figures,
      String name,
      double millis,
      double goal,
      Limits limits,
      Map<String, Double> peer,
      String ofPeer) {
    figures.add(
        Measure.of(name, Unit.MILLISECONDS, millis)
            .shall(goal)
            .against(limits.millis(RawRows.SPARSE_UPDATES))
            .beside(Setting.peer(peer, ofPeer)));
  }

  private static Quantiles quantiles(List<Sample> samples, ToDoubleFunction<Sample> part) {
    return new Quantiles(samples.stream().mapToDouble(part).toArray());
  }

  private static double millis(Instant from, Timestamp to) {
    Instant end = Instant.ofEpochSecond(to.getSeconds(), to.getNanos());
    return Duration.between(from, end).toNanos() / 1e6;
  }
}
