package io.tasklane.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import io.tasklane.v1.CreateQueueRequest;
import io.tasklane.v1.CreateResourceRequest;
import io.tasklane.v1.DeleteQueueRequest;
import io.tasklane.v1.DeleteResourceRequest;
import io.tasklane.v1.GetResourceRequest;
import io.tasklane.v1.Queue;
import io.tasklane.v1.Resource;
import io.tasklane.v1.ResourceServiceGrpc;
import io.tasklane.v1.ResourceServiceGrpc.ResourceServiceBlockingStub;
import io.tasklane.v1.Task;
import io.tasklane.v1.Task.State;
import io.tasklane.v1.UpdateQueueRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client can rely on about the order of tasks, on one server. */
@ExtendWith(SharedServer.class)
class OrderPromisesIT {
  private final List<Runnable> undo = new ArrayList<>();

  @AfterEach
  void leaveAsItWas() {
    undo.forEach(Runnable::run);
  }

  private String queue(Client client, String id, Queue.Builder wanted) {
    client
        .queues()
        .createQueue(CreateQueueRequest.newBuilder().setQueueId(id).setQueue(wanted).build());
    String name = "queues/" + id;
    undo.add(
        () -> client.queues().deleteQueue(DeleteQueueRequest.newBuilder().setName(name).build()));
    return name;
  }

  private static Task.Builder sleep(String queue, long millis) {
    return Client.task(queue, "system.sleep", "{\"millis\":" + millis + "}");
  }

  private static List<Task.Builder> sleeps(String queue, int count, long millis) {
    return IntStream.range(0, count).mapToObj(i -> sleep(queue, millis)).toList();
  }

  private static List<Task> ends(Client client, List<Task> tasks) {
    List<Task> ended = tasks.stream().map(client::end).toList();
    assertThat(ended).allMatch(task -> task.getState() == State.STATE_SUCCEEDED);
    return ended;
  }

  /** The most of these that ran at one moment; one that ends as another starts does not count. */
  private static long mostAtOnce(List<Task> tasks) {
    return tasks.stream()
        .mapToLong(
            one ->
                tasks.stream()
                    .filter(t -> Timestamps.compare(t.getStartTime(), one.getStartTime()) <= 0)
                    .filter(t -> Timestamps.compare(t.getEndTime(), one.getStartTime()) > 0)
                    .count())
        .max()
        .orElse(0);
  }

  private static boolean isBefore(Timestamp end, Timestamp start) {
    return Timestamps.compare(end, start) <= 0;
  }

  @Test
  void a_queue_runs_as_many_at_once_as_it_says_also_when_it_says_so_while_they_run(Client client) {
    String queue = queue(client, "ORDER_WIDE", Queue.newBuilder().setConcurrency(3));
    assertThat(mostAtOnce(ends(client, client.createAll(sleeps(queue, 9, 300))))).isEqualTo(3);

    List<Task> running = client.createAll(sleeps(queue, 8, 3_000));
    running.subList(0, 3).forEach(task -> client.reach(task, State.STATE_RUNNING));
    client
        .queues()
        .updateQueue(
            UpdateQueueRequest.newBuilder()
                .setQueue(Queue.newBuilder().setName(queue).setConcurrency(8))
                .setUpdateMask(FieldMask.newBuilder().addPaths("concurrency"))
                .build());
    List<Task> ended = ends(client, running);
    assertThat(mostAtOnce(ended)).isGreaterThan(3).isLessThanOrEqualTo(8);
  }

  @Test
  void tasks_of_one_key_keep_their_order_across_queues(Client client) {
    String one = queue(client, "ORDER_KEY_A", Queue.newBuilder().setConcurrency(4));
    String two = queue(client, "ORDER_KEY_B", Queue.newBuilder().setConcurrency(4));
    List<Task.Builder> wanted = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      wanted.add(
          sleep(i % 2 == 0 ? one : two, 50).setOrderingKey("order-it").setPriority(1 + i % 10));
    }
    List<Task> ended = ends(client, client.createAll(wanted));
    for (int i = 1; i < ended.size(); i++) {
      assertThat(isBefore(ended.get(i - 1).getEndTime(), ended.get(i).getStartTime()))
          .as("%s has ended when %s starts", ended.get(i - 1).getName(), ended.get(i).getName())
          .isTrue();
    }
  }

  @Test
  void tasks_share_the_units_of_a_resource_and_others_pass_them(Client client) {
    String queue = queue(client, "ORDER_RESOURCE", Queue.newBuilder().setConcurrency(5));
    ResourceServiceBlockingStub resources =
        ResourceServiceGrpc.newBlockingStub(client.channel())
            .withDeadlineAfter(90, TimeUnit.SECONDS);
    resources.createResource(
        CreateResourceRequest.newBuilder()
            .setResourceId("order-it")
            .setResource(Resource.newBuilder().setCapacity(2))
            .build());
    List<Task.Builder> wanted =
        sleeps(queue, 6, 200).stream().map(t -> t.putResourceUnits("order-it", 1)).toList();
    List<Task> created = client.createAll(wanted);
    Task free = client.end(client.create(sleep(queue, 0)));
    List<Task> ended = ends(client, created);
    assertThat(mostAtOnce(ended)).isEqualTo(2);
    assertThat(ended).anyMatch(task -> !isBefore(task.getEndTime(), free.getStartTime()));
    Resource left =
        resources
            .getResource(GetResourceRequest.newBuilder().setName("resources/order-it").build())
            .getResource();
    assertThat(left.getFreeUnits()).isEqualTo(2);
    resources.deleteResource(
        DeleteResourceRequest.newBuilder().setName("resources/order-it").build());
  }

  @Test
  void in_a_queue_that_ages_waiting_counts_for_priority(Client client) throws Exception {
    Queue.Builder aged =
        Queue.newBuilder()
            .setPriorityPolicy(Queue.PriorityPolicy.PRIORITY_POLICY_AGED)
            .setAgingInterval(Durations.fromMillis(10));
    String queue = queue(client, "ORDER_AGED", aged);
    client.pause(queue);
    Task old = client.create(Client.task(queue, "system.noop", "{}").setPriority(1));
    Thread.sleep(500);
    Task urgent = client.create(Client.task(queue, "system.noop", "{}").setPriority(10));
    client.resume(queue);
    List<Task> ended = ends(client, List.of(old, urgent));
    assertThat(isBefore(ended.get(0).getEndTime(), ended.get(1).getStartTime())).isTrue();
  }

  @Test
  void completions_in_groups_lose_nothing_and_keep_the_order(Client client) {
    Queue.Builder grouped = Queue.newBuilder().setDurability(Queue.Durability.DURABILITY_GROUPED);
    String queue = queue(client, "ORDER_GROUPED", grouped);
    client.pause(queue);
    List<Task.Builder> wanted = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      wanted.add(Client.task(queue, "system.noop", "{}").setPriority(1 + i % 10));
    }
    List<Task> created = client.createAll(wanted);
    client.resume(queue);
    List<Task> ended = ends(client, created);
    // What is claimed together starts, as far as its times go, together.
    Comparator<Timestamp> times = Timestamps.comparator();
    List<Task> byClaim =
        ended.stream()
            .sorted(
                Comparator.comparing(Task::getStartTime, times)
                    .thenComparing(task -> -task.getPriority()))
            .toList();
    assertThat(byClaim).isSortedAccordingTo(Comparator.comparing(task -> -task.getPriority()));
  }

  @Test
  void a_preemptible_task_gives_way_and_goes_on_later(Client client) {
    String queue = queue(client, "ORDER_PREEMPT", Queue.newBuilder());
    Task patient = client.create(sleep(queue, 600_000).setPreemptible(true).setPriority(2));
    client.reach(patient, State.STATE_RUNNING);
    Task urgent = client.end(client.create(sleep(queue, 0).setPriority(9)));
    assertThat(urgent.getState()).isEqualTo(State.STATE_SUCCEEDED);
    Task again = client.reach(patient, State.STATE_RUNNING);
    assertThat(again.getAttempt()).isEqualTo(1);
    assertThat(isBefore(urgent.getEndTime(), again.getStartTime())).isTrue();
    client.cancel(patient);
    assertThat(client.end(patient).getState()).isEqualTo(State.STATE_CANCELLED);
  }
}
