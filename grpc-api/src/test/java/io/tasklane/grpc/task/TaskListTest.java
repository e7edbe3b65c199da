package io.tasklane.grpc.task;

import static io.tasklane.grpc.ApiOfTest.codeAndReason;
import static io.tasklane.grpc.ApiOfTest.detail;
import static io.tasklane.grpc.TestTasks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.TextFormat;
import com.google.rpc.BadRequest;
import io.tasklane.api.ListPosition;
import io.tasklane.api.TaskOrder;
import io.tasklane.grpc.ApiOfTest;
import io.tasklane.key.TaskKey;
import io.tasklane.task.state.TaskState;
import io.tasklane.v1.ListTasksRequest;
import io.tasklane.v1.ListTasksResponse;
import io.tasklane.v1.TaskServiceGrpc;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskListTest {
  private ApiOfTest api;
  private TaskServiceGrpc.TaskServiceBlockingStub tasks;

  @BeforeEach
  void start() throws IOException {
    api = new ApiOfTest();
    tasks = TaskServiceGrpc.newBlockingStub(api.channel);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void a_list_gives_pages_and_a_token_to_follow_the_log_from() {
    api.tasks.listed = LongStream.rangeClosed(1, 5).mapToObj(key -> withKey(6 - key)).toList();
    ListTasksRequest request =
        ListTasksRequest.newBuilder().setPageSize(2).setFilter("state = QUEUED").build();

    ListTasksResponse first = tasks.listTasks(request);
    ListTasksResponse second =
        tasks.listTasks(request.toBuilder().setPageToken(first.getNextPageToken()).build());
    ListTasksResponse third =
        tasks.listTasks(request.toBuilder().setPageToken(second.getNextPageToken()).build());

    assertThat(first.getTasksCount()).isEqualTo(2);
    assertThat(first.getResumeToken()).isEqualTo("g1.1000.0");
    assertThat(api.tasks.queries.get(1).after()).contains(new ListPosition(Optional.empty(), 4));
    assertThat(api.tasks.queries.get(0).filter().states()).containsExactly(TaskState.QUEUED);
    assertThat(third.getTasksCount()).isEqualTo(1);
    assertThat(third.getNextPageToken()).isEmpty();
  }

  @Test
  void a_page_token_belongs_to_its_filter() {
    api.tasks.listed = List.of(withKey(2), withKey(1));
    String token =
        tasks.listTasks(ListTasksRequest.newBuilder().setPageSize(1).build()).getNextPageToken();

    Throwable error =
        catchThrowable(
            () ->
                tasks.listTasks(
                    ListTasksRequest.newBuilder()
                        .setPageToken(token)
                        .setFilter("priority = 7")
                        .build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
  }

  @Test
  void a_page_token_belongs_to_its_order() {
    api.tasks.listed = List.of(withKey(2), withKey(1));
    ListTasksRequest request = ListTasksRequest.newBuilder().setPageSize(1).build();
    String token = tasks.listTasks(request).getNextPageToken();

    Throwable error =
        catchThrowable(
            () ->
                tasks.listTasks(
                    request.toBuilder().setPageToken(token).setOrderBy("end_time desc").build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT PAGE_TOKEN");
    assertThat(
            tasks
                .listTasks(
                    request.toBuilder().setPageToken(token).setOrderBy("create_time desc").build())
                .getTasksCount())
        .isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "'',NEWEST_FIRST",
    "create_time desc,NEWEST_FIRST",
    "create_time,OLDEST_FIRST",
    "end_time desc,LAST_ENDED_FIRST"
  })
  void every_order_of_the_contract_is_asked_for(String orderBy, TaskOrder order) {
    tasks.listTasks(ListTasksRequest.newBuilder().setOrderBy(orderBy).build());

    assertThat(api.tasks.queries.get(0).order()).isEqualTo(order);
  }

  @Test
  void a_page_that_found_nothing_yet_still_tells_where_to_go_on() {
    api.tasks.searchedUpTo = Optional.of(new ListPosition(Optional.of(Instant.EPOCH), 7));
    ListTasksRequest request = ListTasksRequest.getDefaultInstance();

    ListTasksResponse page = tasks.listTasks(request);
    tasks.listTasks(request.toBuilder().setPageToken(page.getNextPageToken()).build());

    assertThat(page.getTasksCount()).isZero();
    assertThat(api.tasks.queries.get(1).after()).isEqualTo(api.tasks.searchedUpTo);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "page_token: 'nonsense!' | PAGE_TOKEN | page_token",
        "page_token: 'abcdefgh' | PAGE_TOKEN | page_token",
        "filter: 'create_time > monday' | FILTER | filter",
        "order_by: 'end_time' | ORDER_BY | order_by",
        "filter: 'colour = red' | FILTER | filter",
        "order_by: 'priority' | ORDER_BY | order_by",
        "page_size: -1 | INVALID_FIELD | page_size",
        "page_size: 501 | INVALID_FIELD | page_size",
      })
  void a_list_that_cannot_be_given_is_refused(String set, String reason, String field)
      throws TextFormat.ParseException {
    ListTasksRequest.Builder request = ListTasksRequest.newBuilder();
    TextFormat.merge(set.replace('\'', '"'), request);

    Throwable error = catchThrowable(() -> tasks.listTasks(request.build()));

    assertThat(codeAndReason(error)).isEqualTo("INVALID_ARGUMENT " + reason);
    assertThat(onlyViolation(error).getField()).isEqualTo(field);
  }

  @Test
  void a_page_of_large_tasks_ends_before_the_answer_is_too_large() {
    api.tasks.listed =
        LongStream.rangeClosed(1, 20).mapToObj(key -> large(withKey(21 - key))).toList();

    ListTasksResponse page = tasks.listTasks(ListTasksRequest.getDefaultInstance());

    assertThat(page.getTasksCount()).isBetween(5, 12);
    assertThat(page.getNextPageToken()).isNotEmpty();
    assertThat(page.getSerializedSize()).isLessThan(4 * 1024 * 1024);
  }

  private static BadRequest.FieldViolation onlyViolation(Throwable error) {
    List<BadRequest.FieldViolation> violations =
        detail(error, BadRequest.class).orElseThrow().getFieldViolationsList();
    assertThat(violations).hasSize(1);
    return violations.get(0);
  }

  private static io.tasklane.task.Task withKey(long key) {
    return copy(task("t" + key, TaskState.QUEUED, 0, key), key, "{}");
  }

  private static io.tasklane.task.Task large(io.tasklane.task.Task task) {
    return copy(task, task.id().value(), "\"" + "x".repeat(255 * 1024) + "\"");
  }

  private static io.tasklane.task.Task copy(io.tasklane.task.Task t, long key, String input) {
    io.tasklane.task.TaskSpec spec =
        new io.tasklane.task.TaskSpec(
            t.taskId(),
            t.queue(),
            t.taskType(),
            io.tasklane.task.Payload.json(input),
            t.priority(),
            t.retryPolicy(),
            t.timeouts(),
            t.resultTtl(),
            t.labels(),
            t.start(),
            t.deduplicationKey(),
            t.rules());
    return new io.tasklane.task.Task(
        new TaskKey(key), t.createTime(), t.retryOf(), t.creator(), spec, t.status(), t.outcome());
  }
}
