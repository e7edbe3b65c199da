package io.tasklane.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.commit.Ownership;
import io.tasklane.database.Postgres;
import io.tasklane.explain.Blocker;
import io.tasklane.feature.EngineContext;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.Durability;
import io.tasklane.queue.QueueLimits;
import io.tasklane.queue.RateLimit;
import io.tasklane.queue.limit.OpenQueues;
import io.tasklane.queue.limit.RateLimits;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.complete.ClaimHeads;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.RunCompletion;
import io.tasklane.task.explain.ExplainService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A queue starts no more tasks within a period than its rate limit allows. */
class RateLimitTest {
  private static final Duration LONG = Duration.ofHours(1);

  private final QueueBench bench = new QueueBench();
  private final StoreBench store = bench.store;
  private final List<QueueKey> looks = new ArrayList<>();
  private final List<Duration> dues = new ArrayList<>();
  private final RateLimits limits =
      new RateLimits(
          new ReadySignals() {
            @Override
            public void ready(QueueKey queue, TaskKey task, Priority priority) {
              looks.add(queue);
            }

            @Override
            public void dueIn(Duration time) {
              dues.add(time);
            }
          });
  private final ClaimConditions conditions = new ClaimConditions(List.of(store.units, limits));
  private final ClaimHeads claims = new ClaimHeads(conditions, store.expiry);
  private final CompleteTasks completions = new CompleteTasks(store.runs, store.dependents, claims);
  private Ownership owner = store.take("n1", 1).orElseThrow();

  @AfterEach
  void close() {
    bench.close();
  }

  private void limit(int permits, Duration period) {
    bench.order(
        policy ->
            policy
                .withConcurrency(50)
                .with(new QueueLimits(Optional.of(new RateLimit(permits, period)), 0)));
  }

  private void create(int tasks) {
    for (int i = 0; i < tasks; i++) {
      store.create(store.task(5));
    }
  }

  private CompleteAndClaimResult claim() {
    return StoreBench.get(
        store.committer.submit(completions, new CompleteAndClaim(owner, Optional.empty(), true)));
  }

  private int claimAll() {
    int claimed = 0;
    while (claim().claimed().isPresent()) {
      claimed++;
    }
    return claimed;
  }

  @Test
  void no_period_has_more_starts_than_permits() {
    int permits = 4;
    Duration period = Duration.ofMillis(150);
    limit(permits, period);
    create(24);
    List<Instant> starts = new ArrayList<>();
    while (starts.size() < 24) {
      claim().claimed().flatMap(Task::startTime).ifPresent(starts::add);
    }
    for (int i = permits; i < starts.size(); i++) {
      assertThat(Duration.between(starts.get(i - permits), starts.get(i)))
          .as("from start %d to %d", i - permits, i)
          .isGreaterThanOrEqualTo(period);
    }
    assertThat(store.count("queue_start")).as("no more are kept than decide").isEqualTo(permits);
  }

  @Test
  void starts_are_counted_across_owners() {
    limit(3, LONG);
    create(5);
    assertThat(claim().claimed()).isPresent();
    assertThat(claim().claimed()).isPresent();
    store.live("n2", 1);
    store.declareDead("n1");
    owner = store.take("n2", 1).orElseThrow();
    assertThat(claimAll()).as("of three, two were started by the node before").isOne();
  }

  @Test
  void retries_count_and_a_completion_claims_nothing_beyond_the_limit() {
    limit(2, LONG);
    create(2);
    Task first = claim().claimed().orElseThrow();
    store.complete(owner, first, new RunEnd.HandedBack(), false);
    assertThat(claim().claimed()).map(Task::id).contains(first.id());
    CompleteAndClaim.Completion completion =
        CompleteAndClaim.Completion.of(
            first,
            RunCompletion.of(StoreBench.succeeded(), first.retryPolicy(), 1, new Random(1)),
            List.of(),
            "");
    CompleteAndClaimResult result =
        StoreBench.get(
            store.committer.submit(
                completions, new CompleteAndClaim(owner, Optional.of(completion), true)));
    assertThat(result.claimed()).isEmpty();
    assertThat(claim().claimStatus()).isEqualTo(ClaimStatus.NOTHING_READY);
  }

  @Test
  void a_change_reaches_a_running_owner_at_once() {
    limit(1, LONG);
    create(4);
    assertThat(claimAll()).isOne();
    limit(2, LONG);
    assertThat(claimAll()).as("one start of the former limit counts").isOne();
    bench.order(policy -> policy.with(QueueLimits.NONE));
    assertThat(claimAll()).isEqualTo(2);
    assertThat(bench.read().orElseThrow().policy().limits()).isEqualTo(QueueLimits.NONE);
    assertThat(store.count("queue_rate") + store.count("queue_start")).isZero();
  }

  @Test
  void its_owner_is_told_when_the_next_start_is_allowed() {
    limit(1, LONG);
    create(2);
    assertThat(claimAll()).isOne();
    assertThat(claimAll()).as("it asks again").isZero();
    assertThat(dues)
        .as("one alarm")
        .singleElement()
        .satisfies(wait -> assertThat(wait).isBetween(LONG.minusMinutes(10), LONG));
    assertThat(open()).as("not yet").isZero();
    Postgres.run(
        store.database,
        "UPDATE queue_start SET time = time - interval '1 h';"
            + " UPDATE queue_rate SET due = due - interval '1 h'");
    assertThat(open()).isOne();
    assertThat(looks).containsExactly(store.queue);
    assertThat(open()).as("once").isZero();
    assertThat(claimAll()).isOne();
  }

  private int open() {
    return StoreBench.get(store.committer.submit(new OpenQueues(limits.signals()), 500));
  }

  @Test
  void grouped_claims_keep_to_it() {
    limit(2, LONG);
    bench.order(policy -> policy.with(Durability.GROUPED));
    create(5);
    CompleteGroups groups = new CompleteGroups(store.runs, claims);
    var ahead =
        StoreBench.get(store.committer.submit(groups, new GroupCompletion(owner, List.of(), 64)));
    assertThat(ahead.claimed()).isEmpty();
    assertThat(ahead.claimStatus()).isEqualTo(ClaimStatus.HEAD_ALONE);
    assertThat(claimAll()).isEqualTo(2);
  }

  @Test
  void an_explanation_names_it_and_the_time_at_which_it_clears() {
    limit(2, LONG);
    create(2);
    store.create(store.named("third", 5));
    assertThat(claimAll()).isEqualTo(2);
    ExplainService explain =
        new ExplainService(
            new EngineContext(store.database, store.committer, store.nobody, Clock.systemUTC()),
            conditions);
    Blocker blocker = explain.explain("third").blockers().get(0);
    assertThat(blocker)
        .isInstanceOfSatisfying(
            Blocker.RateLimit.class,
            rate -> {
              assertThat(rate.limit()).isEqualTo("2 starts within 3600 s");
              assertThat(rate.refill())
                  .isBetween(Instant.now().plusSeconds(3500), Instant.now().plusSeconds(3600));
            });
    assertThat(explain.explain("third").start().p50()).contains(blocker.clearTime().orElseThrow());
  }

  @Test
  void a_queue_without_a_limit_writes_nothing() {
    create(3);
    assertThat(claimAll()).isOne();
    assertThat(store.count("queue_start")).isZero();
  }
}
