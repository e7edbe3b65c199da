package io.tasklane.web.metrics;

import io.tasklane.api.ComponentHealth;
import io.tasklane.api.NodeFigures;
import io.tasklane.ingress.IngressService;
import io.tasklane.key.QueueKey;
import io.tasklane.monitor.Buckets;
import io.tasklane.monitor.QueueCounters;
import io.tasklane.queue.Queue;
import io.tasklane.queue.QueuePolicy;
import io.tasklane.queue.QueueState;
import io.tasklane.queue.QueueStats;
import io.tasklane.retry.RetryPolicy;
import io.tasklane.service.QueueService;
import io.tasklane.service.SystemService;
import io.tasklane.task.state.TaskState;
import io.tasklane.timeout.Timeouts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Services for tests: one queue whose figures anybody may set. */
final class TestServices {
  long depth = 3;
  long created = 10;
  boolean queueIsThere = true;
  final Buckets runs = Buckets.ofSeconds();
  final Buckets commits = new Buckets(1, 4);

  final QueueService queues = new Queues();
  final SystemService system = new System();

  Figures figures() {
    return new Figures(queues, system, ingress(), () -> 2);
  }

  private <V> Map<String, V> perQueue(V value) {
    return queueIsThere ? Map.of("AI_ANALYSIS", value) : Map.of();
  }

  private final class Queues extends QueueService {
    @Override
    public Map<String, QueueStats> knownStats(Duration window) {
      return perQueue(
          new QueueStats(
              depth,
              Map.of(9, depth),
              Map.of(TaskState.QUEUED, depth, TaskState.RUNNING, 1L, TaskState.CANCELLING, 1L),
              Optional.of(Duration.ofMillis(1500)),
              0,
              0,
              0,
              0,
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              6,
              1));
    }

    @Override
    public Map<String, QueueCounters> counters() {
      return perQueue(
          new QueueCounters(
              created,
              2,
              1,
              Map.of(TaskState.FAILED, 4L),
              runs.distribution(),
              Buckets.ofSeconds().distribution(),
              List.of()));
    }

    @Override
    public Map<String, Queue> known() {
      return perQueue(
          new Queue(
              new QueueKey(1),
              "AI_ANALYSIS",
              QueueState.PAUSED,
              QueuePolicy.STANDARD,
              RetryPolicy.DEFAULT,
              Timeouts.ofAttempt(Duration.ofHours(1)),
              Duration.ofHours(1),
              Optional.empty(),
              Optional.empty(),
              Optional.of("n1"),
              1,
              Optional.empty()));
    }
  }

  private final class System extends SystemService {
    @Override
    public List<ComponentHealth> status() {
      return List.of(
          ComponentHealth.fine("database", "works", Map.of()),
          ComponentHealth.broken("broker", "refused", Map.of()),
          ComponentHealth.broken("queues", "", Map.of("AI_ANALYSIS", "n1", "OTHER", "none")));
    }

    @Override
    public NodeFigures figures() {
      return new NodeFigures(commits.distribution(), 77, Duration.ofMillis(250), true, 3, 2);
    }
  }

  private static IngressService ingress() {
    return new IngressService() {
      @Override
      public long accepted() {
        return 41;
      }

      @Override
      public long rejected() {
        return 3;
      }
    };
  }
}
