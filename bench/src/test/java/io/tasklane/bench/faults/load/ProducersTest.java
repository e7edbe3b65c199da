package io.tasklane.bench.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.bench.faults.record.Chronicle;
import io.tasklane.bench.faults.record.Entry;
import io.tasklane.v1.CancelTaskRequest;
import io.tasklane.v1.CancelTaskResponse;
import io.tasklane.v1.CreateTaskRequest;
import io.tasklane.v1.CreateTaskResponse;
import io.tasklane.v1.TaskServiceGrpc;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a node that gives no answer to the first call for any task. */
@Timeout(120)
class ProducersTest {
  private static final int ENOUGH = 80;

  @TempDir private Path folder;
  private final Queue<CreateTaskRequest> calls = new ConcurrentLinkedQueue<>();
  private Server server;
  private List<Entry> entries;

  @BeforeEach
  void run() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new Forgetful())
            .build()
            .start();
    try (Doors doors = new Doors(List.of("127.0.0.1:" + server.getPort()));
        Chronicle chronicle = new Chronicle(folder.resolve("record"), Clock.systemUTC())) {
      Producers producers = new Producers(doors, chronicle, Queues.LOAD, 1, () -> 0);
      producers.begin(new SplittableRandom(1), 500);
      while (chronicle.entries().size() < ENOUGH) {
        producers.requireHealth();
        TimeUnit.MILLISECONDS.sleep(20);
      }
      producers.end();
      entries = chronicle.entries();
    }
  }

  @AfterEach
  void close() throws Exception {
    server.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
  }

  @Test
  void a_create_without_a_request_id_is_sent_once_and_stays_in_doubt() {
    Set<String> inDoubt =
        entries.stream()
            .filter(Entry.CreateUnanswered.class::isInstance)
            .map(entry -> ((Entry.CreateUnanswered) entry).wanted().task())
            .collect(Collectors.toSet());
    assertThat(inDoubt).isNotEmpty().isEqualTo(sent(false).keySet());
    assertThat(sent(false).values()).containsOnly(1L);
  }

  @Test
  void a_create_with_a_request_id_is_sent_again_until_it_is_answered() {
    Set<String> acknowledged =
        entries.stream()
            .filter(Entry.Created.class::isInstance)
            .map(entry -> ((Entry.Created) entry).task())
            .collect(Collectors.toSet());
    assertThat(acknowledged).isNotEmpty().isEqualTo(sent(true).keySet());
    assertThat(sent(true).values()).containsOnly(2L);
  }

  @Test
  void nothing_is_made_to_need_a_task_that_may_not_exist() {
    assertThat(calls)
        .flatMap(call -> call.getTask().getDependenciesList())
        .extracting(need -> need.getTask())
        .isNotEmpty()
        .doesNotContainAnyElementsOf(sent(false).keySet());
  }

  private Map<String, Long> sent(boolean careful) {
    return calls.stream()
        .filter(call -> call.getRequestId().isEmpty() != careful)
        .collect(Collectors.groupingBy(call -> "tasks/" + call.getTaskId(), Collectors.counting()));
  }

  /** Answers only the second call for a task. */
  private final class Forgetful extends TaskServiceGrpc.TaskServiceImplBase {
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    @Override
    public void createTask(CreateTaskRequest call, StreamObserver<CreateTaskResponse> answer) {
      calls.add(call);
      if (seen.add(call.getTaskId())) {
        answer.onError(Status.UNAVAILABLE.asRuntimeException());
      } else {
        answer.onNext(CreateTaskResponse.getDefaultInstance());
        answer.onCompleted();
      }
    }

    @Override
    public void cancelTask(CancelTaskRequest call, StreamObserver<CancelTaskResponse> answer) {
      answer.onError(Status.FAILED_PRECONDITION.asRuntimeException()); // it has ended
    }
  }
}
