package io.tasklane.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.tasklane.v1.StreamCreateTasksRequest;
import io.tasklane.v1.StreamCreateTasksResponse;
import io.tasklane.v1.StreamCreateTasksResult;
import io.tasklane.v1.Task;
import io.tasklane.v1.TaskServiceGrpc;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TaskStreamTest {
  private final Map<String, Long> created = new ConcurrentHashMap<>();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
            .addService(new Counter())
            .build()
            .start();
    channel = NettyChannelBuilder.forTarget("127.0.0.1:" + server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void close() throws Exception {
    channel.shutdownNow();
    server.shutdownNow().awaitTermination(60, TimeUnit.SECONDS);
  }

  @Test
  void tasks_of_several_queues_are_created_in_turn() {
    List<Task.Builder> tasks = List.of(TaskCalls.noop("queues/A"), TaskCalls.noop("queues/B"));
    TaskStream.Created all;
    do { // again where the machine was too busy to send anything in that time
      created.clear();
      all = TaskStream.begin(channel, tasks, Duration.ofMillis(300)).join();
    } while (all.tasks() < 2);
    assertThat(created.keySet()).containsExactlyInAnyOrder("queues/A", "queues/B");
    long each = all.tasks() / 2;
    assertThat(created.get("queues/A")).isBetween(each, each + 1);
    assertThat(created.get("queues/B")).isEqualTo(each);
  }

  @Test
  void as_many_are_created_as_were_asked_for() {
    var all = TaskStream.count(channel, TaskCalls.noop("queues/A"), 1234);
    assertThat(all.tasks()).isEqualTo(1234);
    assertThat(created).containsExactly(Map.entry("queues/A", 1234L));
  }

  @Test
  void streams_side_by_side_take_as_long_as_the_longest() {
    var both = new TaskStream.Created(100, 2).and(new TaskStream.Created(300, 4));
    assertThat(both.rate()).isEqualTo(100);
  }

  /** Acknowledges every task, and counts those of each queue. */
  private final class Counter extends TaskServiceGrpc.TaskServiceImplBase {
    @Override
    public StreamObserver<StreamCreateTasksRequest> streamCreateTasks(
        StreamObserver<StreamCreateTasksResponse> answers) {
      return new StreamObserver<>() {
        @Override
        public void onNext(StreamCreateTasksRequest message) {
          created.merge(message.getRequest().getTask().getQueue(), 1L, Long::sum);
          answers.onNext(
              StreamCreateTasksResponse.newBuilder()
                  .addResults(StreamCreateTasksResult.getDefaultInstance())
                  .build());
        }

        @Override
        public void onError(Throwable error) {
          // the client has gone
        }

        @Override
        public void onCompleted() {
          answers.onCompleted();
        }
      };
    }
  }
}
