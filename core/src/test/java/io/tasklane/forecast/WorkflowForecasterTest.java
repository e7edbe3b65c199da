package io.tasklane.forecast;

import static io.tasklane.forecast.Known.work;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tasklane.queue.RateLimit;
import io.tasklane.rollup.Histogram;
import io.tasklane.rollup.RollupCounts;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forecasts against what is known in closed form. */
class WorkflowForecasterTest {
  private final SplittableRandom random = new SplittableRandom(11);

  /** Runs of 9 to 11 s. */
  private final Histogram tenSeconds = Known.histogram(1000, () -> 9 + 2 * random.nextDouble());

  private WorkflowOutlook forecast(ForecastNode root, QueueOutlook queue) {
    return WorkflowForecaster.forecast(Known.input(root, queue, tenSeconds), random);
  }

  private static ForecastNode chain(ForecastNode... members) {
    return new ForecastNode.InOrder("chain", List.of(members));
  }

  private static ForecastNode group(int most, ForecastNode... members) {
    return new ForecastNode.SideBySide("group", List.of(members), most);
  }

  private static ForecastNode[] works(int count) {
    return IntStream.range(0, count).mapToObj(i -> work("t" + i)).toArray(ForecastNode[]::new);
  }

  private static NodeOutlook node(WorkflowOutlook outlook, String id) {
    return outlook.nodes().stream().filter(n -> n.nodeId().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void a_chain_takes_the_sum_of_its_tasks() {
    WorkflowOutlook outlook = forecast(chain(works(20)), QueueOutlook.idle(5));
    double deviation = Math.sqrt(20 * tenSeconds.variance());
    assertThat(outlook.endP50()).isCloseTo(20 * tenSeconds.mean(), within(1.0));
    assertThat(outlook.endP90())
        .isCloseTo(20 * tenSeconds.mean() + 1.2816 * deviation, within(1.0));
    assertThat(outlook.criticalPath()).hasSize(20).startsWith("t0").endsWith("t19");
    assertThat(node(outlook, "t3").slackP50()).isZero();
    assertThat(node(outlook, "t3").criticality()).isEqualTo(1);
    assertThat(node(outlook, "t3").waitP50()).isLessThan(0.001);
    assertThat(node(outlook, "t3").runP50()).isCloseTo(10, within(1.0));
    assertThat(node(outlook, "t3").endP50()).isCloseTo(40, within(2.0));
  }

  @Test
  void a_group_with_slots_for_all_takes_the_maximum_of_its_tasks() {
    Histogram exponential = Known.histogram(5000, random::nextExponential);
    WorkflowOutlook outlook =
        WorkflowForecaster.forecast(
            Known.input(group(0, works(10)), QueueOutlook.idle(10), exponential), random);
    double exact = -Math.log(1 - Math.pow(0.5, 0.1));
    assertThat(outlook.endP50()).as("median of the maximum").isCloseTo(exact, within(0.3));
    double late = -Math.log(1 - Math.pow(0.9, 0.1));
    assertThat(outlook.endP90()).isCloseTo(late, within(0.7));
    assertThat(outlook.criticalPath()).hasSize(1);
  }

  @Test
  void a_sequential_queue_runs_a_group_one_after_another() {
    WorkflowOutlook outlook = forecast(group(0, works(6)), QueueOutlook.idle(1));
    assertThat(outlook.endP50()).isCloseTo(60, within(2.0));
    assertThat(node(outlook, "t0").slackP50()).as("the others wait for its slot").isZero();
  }

  @Test
  void no_more_members_are_open_than_the_group_allows() {
    WorkflowOutlook outlook = forecast(group(2, works(6)), QueueOutlook.idle(10));
    assertThat(outlook.endP50()).isCloseTo(30, within(2.0));
    assertThat(outlook.criticalPath()).hasSize(3);
  }

  @Test
  void what_is_ahead_in_the_queue_goes_first_and_what_is_less_urgent_does_not() {
    QueueOutlook busy =
        new QueueOutlook(
            1,
            Optional.empty(),
            List.of(new QueueOutlook.Running("fetch", 9.5)),
            List.of(
                new QueueOutlook.Waiting("fetch", 5, 0, 1),
                new QueueOutlook.Waiting("fetch", 5, 1, 4),
                new QueueOutlook.Waiting("fetch", 2, 2, 100)),
            List.of());
    WorkflowOutlook outlook = forecast(work("only"), busy);
    assertThat(outlook.endP50()).isCloseTo(0.8 + 50 + 10, within(2.5));
    assertThat(node(outlook, "only").waitP50()).isCloseTo(51, within(5.0));
  }

  @Test
  void a_task_that_waits_keeps_its_place() {
    QueueOutlook busy =
        new QueueOutlook(
            1,
            Optional.empty(),
            List.of(),
            List.of(
                new QueueOutlook.Waiting("fetch", 5, 0, 2),
                new QueueOutlook.Waiting("fetch", 5, 2, 50)),
            List.of());
    ForecastNode waiting =
        new ForecastNode.Work("only", Known.FETCH, 5, new ForecastNode.Start.Waiting(1));
    assertThat(forecast(waiting, busy).endP50()).isCloseTo(30, within(2.0));
  }

  @Test
  void a_run_that_has_begun_takes_only_the_rest() {
    ForecastNode running =
        new ForecastNode.Work("only", Known.FETCH, 5, new ForecastNode.Start.Running(8));
    assertThat(forecast(running, QueueOutlook.idle(1)).endP50()).isCloseTo(2, within(0.5));
  }

  @Test
  void what_comes_to_the_queue_meanwhile_takes_its_share() {
    QueueOutlook half =
        new QueueOutlook(1, Optional.empty(), List.of(), List.of(), List.of(Map.of("fetch", 3L)));
    WorkflowOutlook outlook = forecast(chain(works(10)), half);
    assertThat(outlook.endP50()).as("half of the time is taken").isBetween(150.0, 230.0);
  }

  @Test
  void a_drained_queue_ends_with_its_last_task_and_holds_it_until_then() {
    QueueOutlook waiting =
        new QueueOutlook(
            2,
            Optional.empty(),
            List.of(),
            List.of(
                new QueueOutlook.Waiting("fetch", 5, 0, 1),
                new QueueOutlook.Waiting("fetch", 5, 1, 1),
                new QueueOutlook.Waiting("fetch", 5, 2, 1)),
            List.of());
    ForecastNode pause = new ForecastNode.Pause("nine", 100);
    WorkflowOutlook held =
        forecast(chain(pause, new ForecastNode.Drain("q", "DATA", true, false)), waiting);
    assertThat(held.endP50()).isCloseTo(120, within(2.0));
    WorkflowOutlook free =
        forecast(chain(pause, new ForecastNode.Drain("q", "DATA", false, false)), waiting);
    assertThat(free.endP50()).as("its tasks have run meanwhile").isCloseTo(100, within(0.1));
  }

  @Test
  void the_shorter_branch_of_a_group_has_slack() {
    WorkflowOutlook outlook =
        forecast(group(0, chain(work("a"), work("b"), work("c")), work("d")), QueueOutlook.idle(5));
    assertThat(outlook.criticalPath()).containsExactly("a", "b", "c");
    assertThat(node(outlook, "d").slackP50()).isCloseTo(20, within(1.5));
    assertThat(node(outlook, "b").slackP50()).isZero();
    assertThat(node(outlook, "d").criticality()).isZero();
  }

  @Test
  void runs_that_fail_are_made_again_after_their_backoff() {
    RollupCounts half =
        new RollupCounts(
            2000, 500, 0, Histogram.EMPTY, tenSeconds, Known.histogram(100, () -> 30.0));
    WorkflowOutlook outlook =
        WorkflowForecaster.forecast(
            new ForecastInput(
                work("only"),
                Map.of("DATA", QueueOutlook.idle(1)),
                Map.of(Known.FETCH, half),
                OptionalDouble.of(45)),
            random);
    assertThat(outlook.endP90()).as("one in eight fails three times").isBetween(120.0, 150.0);
    assertThat(outlook.missProbability()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void a_rate_limit_keeps_starts_apart() {
    QueueOutlook limited =
        new QueueOutlook(
            10,
            Optional.of(new RateLimit(2, Duration.ofMinutes(1))),
            List.of(),
            List.of(),
            List.of());
    assertThat(forecast(group(0, works(6)), limited).endP50()).isCloseTo(130, within(2.0));
  }

  @Test
  void the_miss_of_a_deadline_is_as_likely_as_its_share_of_the_ends() {
    ForecastInput input = Known.input(chain(works(20)), QueueOutlook.idle(5), tenSeconds);
    double p90 = WorkflowForecaster.forecast(input, random).endP90();
    WorkflowOutlook outlook =
        WorkflowForecaster.forecast(
            new ForecastInput(
                input.root(), input.queues(), input.history(), OptionalDouble.of(p90)),
            random);
    assertThat(outlook.missProbability()).isCloseTo(0.1, within(0.06));
  }

  @Test
  void with_too_few_runs_it_says_so_instead_of_a_figure() {
    Histogram few = Known.histogram(19, () -> 10.0);
    WorkflowOutlook outlook =
        WorkflowForecaster.forecast(Known.input(work("only"), QueueOutlook.idle(1), few), random);
    assertThat(outlook.missing())
        .isEqualTo(
            "a forecast needs 20 runs of each kind of task;"
                + " known are 19 of fetch in queues/DATA");
    assertThat(outlook.samples()).isEqualTo(19);
    assertThat(outlook.nodes()).isEmpty();
    Histogram enough = few.plus(Known.histogram(1, () -> 10.0));
    assertThat(
            WorkflowForecaster.forecast(
                    Known.input(work("only"), QueueOutlook.idle(1), enough), random)
                .missing())
        .isEmpty();
  }

  @Test
  void either_branch_of_an_open_condition_is_as_likely_as_the_other() {
    ForecastNode choice =
        new ForecastNode.OneOf(
            "choice", List.of(chain(works(9)), new ForecastNode.Pause("choice", 0)));
    WorkflowOutlook outlook = forecast(choice, QueueOutlook.idle(1));
    assertThat(outlook.endP90()).isCloseTo(90, within(3.0));
    assertThat(node(outlook, "t0").criticality()).isCloseTo(0.5, within(0.1));
  }

  @Test
  void the_same_seed_gives_the_same_answer() {
    ForecastInput input = Known.input(group(0, works(30)), QueueOutlook.idle(3), tenSeconds);
    assertThat(WorkflowForecaster.forecast(input, new SplittableRandom(1)))
        .isEqualTo(WorkflowForecaster.forecast(input, new SplittableRandom(1)));
  }

  @Test
  void thousands_of_nodes_are_forecast_within_seconds() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    WorkflowOutlook outlook = forecast(group(0, works(20_000)), QueueOutlook.idle(50));
    assertThat(outlook.endP50()).isCloseTo(4000, within(60.0));
    assertThat((threads.getCurrentThreadCpuTime() - begin) / 1e9)
        .as("seconds of processor")
        .isLessThan(10);
  }
}
