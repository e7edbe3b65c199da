package io.tasklane.story;

import static io.tasklane.task.state.Move.BLOCK;
import static io.tasklane.task.state.Move.CANCEL;
import static io.tasklane.task.state.Move.CLAIM;
import static io.tasklane.task.state.Move.COME_DUE;
import static io.tasklane.task.state.Move.RELEASE;
import static io.tasklane.task.state.Move.REQUEST_CANCEL;
import static io.tasklane.task.state.Move.RETRY_LATER;
import static io.tasklane.task.state.Move.RULE_OUT;
import static io.tasklane.task.state.Move.SUBMIT;
import static io.tasklane.task.state.Move.SUCCEED;
import static io.tasklane.task.state.TaskState.BLOCKED;
import static io.tasklane.task.state.TaskState.CANCELLED;
import static io.tasklane.task.state.TaskState.CANCELLING;
import static io.tasklane.task.state.TaskState.QUEUED;
import static io.tasklane.task.state.TaskState.RUNNING;
import static io.tasklane.task.state.TaskState.SKIPPED;
import static io.tasklane.task.state.TaskState.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.api.Answer;
import io.tasklane.api.Caller;
import io.tasklane.api.Change;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyPolicy;
import io.tasklane.event.EventService;
import io.tasklane.event.LogEvent;
import io.tasklane.event.TaskChange;
import io.tasklane.queue.QueueState;
import io.tasklane.service.QueueService;
import io.tasklane.service.Services;
import io.tasklane.service.TaskService;
import io.tasklane.system.OwnServers;
import io.tasklane.task.Payload;
import io.tasklane.task.Priority;
import io.tasklane.task.StartConditions;
import io.tasklane.task.Task;
import io.tasklane.task.TaskRequest;
import io.tasklane.task.state.Move;
import jakarta.inject.Inject;
import java.io.File;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A morning of the queues, told inside Payara Micro by the application's own services. */
@ExtendWith(ArquillianExtension.class)
@OwnServers
class StoryIT {
  private static final String DATA = "DATA_FETCHER";
  private static final String AI = "AI_ANALYSIS";

  @Inject private Services services;

  @Deployment
  static WebArchive application() throws URISyntaxException {
    File assertions =
        new File(Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return ShrinkWrap.createFromZipFile(WebArchive.class, BuiltParts.application().toFile())
        .addClasses(StoryIT.class, Chronicle.class, WordCount.class, OrchestratorCalls.class)
        .addAsWebInfResource(new StringAsset(OrchestratorCalls.DESCRIPTOR), "ejb-jar.xml")
        .addAsLibrary(assertions);
  }

  @Test
  void what_waited_runs_by_priority_one_after_another_while_another_queue_tries_again()
      throws Exception {
    try (Chronicle log = new Chronicle(services.get(EventService.class))) {
      assertThat(done(services.get(QueueService.class).pause(DATA, "story", change())).state())
          .isEqualTo(QueueState.PAUSED);
      Task low = submit(echo(1));
      Task high = submit(echo(10));
      Task middle = submit(echo(5));
      Task failing = submit(TaskRequest.of(AI, "system.fail", Payload.json("{\"times\":2}")));

      log.awaitState(failing, RUNNING);
      assertThat(List.of(low, high, middle))
          .allSatisfy(
              task ->
                  assertThat(services.get(TaskService.class).get(task.taskId()).state())
                      .isEqualTo(QUEUED));
      assertThat(done(services.get(QueueService.class).resume(DATA, change())).state())
          .isEqualTo(QueueState.ACTIVE);

      List<Task> byPriority = List.of(high, middle, low);
      for (Task task : byPriority) {
        log.awaitState(task, SUCCEEDED);
        assertMoves(log.events(task), SUBMIT, CLAIM, SUCCEED);
      }
      assertOneAfterAnother(
          byPriority.stream()
              .map(task -> services.get(TaskService.class).get(task.taskId()))
              .toList());

      log.awaitState(failing, SUCCEEDED);
      assertThat(services.get(TaskService.class).get(failing.taskId()).attempt()).isEqualTo(3);
      assertMoves(
          log.events(failing),
          SUBMIT,
          CLAIM,
          RETRY_LATER,
          COME_DUE,
          CLAIM,
          RETRY_LATER,
          COME_DUE,
          CLAIM,
          SUCCEED);
    }
  }

  @Test
  void a_handler_that_is_a_bean_of_the_application_does_its_tasks() throws Exception {
    try (Chronicle log = new Chronicle(services.get(EventService.class))) {
      String text = "{\"text\":\"buy low sell high\"}";
      Task task = submit(TaskRequest.of(DATA, "word_count", Payload.json(text)));
      log.awaitState(task, SUCCEEDED);
      assertThat(services.get(TaskService.class).get(task.taskId()).result().orElseThrow().text())
          .isEqualTo("{\"words\": 4}");
    }
  }

  @Test
  void the_orchestrator_bean_decides_who_waits_who_is_released_and_who_is_skipped()
      throws Exception {
    try (Chronicle log = new Chronicle(services.get(EventService.class))) {
      done(services.get(QueueService.class).pause(DATA, "story", change()));
      Payload once = Payload.json("{\"code\":\"NO_DATA\",\"retryable\":false,\"times\":1}");
      Task need = submit(TaskRequest.of(DATA, "system.fail", once));
      OrchestratorCalls.METHODS.clear();
      Task report = submit(after(need, DependencyPolicy.ON_END));
      Task analysis = submit(after(need, DependencyPolicy.ON_SUCCESS));
      assertThat(List.of(report, analysis)).allMatch(task -> task.state() == BLOCKED);
      assertThat(OrchestratorCalls.METHODS).containsExactly("plan", "plan");

      OrchestratorCalls.METHODS.clear();
      done(services.get(QueueService.class).resume(DATA, change()));
      log.awaitState(report, SUCCEEDED);
      log.awaitState(analysis, SKIPPED);
      assertMoves(log.events(report), BLOCK, RELEASE, CLAIM, SUCCEED);
      assertMoves(log.events(analysis), BLOCK, RULE_OUT);
      assertThat(OrchestratorCalls.METHODS).contains("resolve").doesNotContain("plan");
    }
  }

  private static TaskRequest after(Task need, DependencyPolicy policy) {
    Dependency dependency = new Dependency(need.taskId(), policy, Optional.empty());
    return TaskRequest.of(AI, "system.noop", Payload.json("{}"))
        .withStart(StartConditions.after(List.of(dependency)));
  }

  @Test
  void a_running_task_that_is_cancelled_ends_cancelled() throws Exception {
    try (Chronicle log = new Chronicle(services.get(EventService.class))) {
      Task task = submit(TaskRequest.of(AI, "system.sleep", Payload.json("{\"millis\":600000}")));
      log.awaitState(task, RUNNING);
      Task told =
          done(services.get(TaskService.class).cancel(task.taskId(), "wrong day", false, change()));
      assertThat(told.state()).isEqualTo(CANCELLING);

      log.awaitState(task, CANCELLED);
      assertThat(
              services
                  .get(TaskService.class)
                  .get(task.taskId())
                  .cancelActor()
                  .orElseThrow()
                  .reason())
          .isEqualTo("wrong day");
      assertMoves(log.events(task), SUBMIT, CLAIM, REQUEST_CANCEL, CANCEL);
    }
  }

  @Test
  @RunAsClient
  void a_client_outside_is_served_over_grpc() {
    String input = "{\"symbols\":[\"INFY\",\"TCS\"]}";
    try (Outside client = new Outside(Integer.getInteger(NodeFlags.GRPC_PORT))) {
      assertThat(client.serves()).isTrue();
      assertThat(client.resultOf("queues/" + DATA, "system.echo", input)).isEqualTo(input);
    }
  }

  private static TaskRequest echo(int priority) {
    return TaskRequest.of(DATA, "system.echo", Payload.json("{\"priority\":" + priority + "}"))
        .withPriority(new Priority(priority));
  }

  private Task submit(TaskRequest request) throws Exception {
    return done(services.get(TaskService.class).submit(request, change())).task();
  }

  private static <T> Change<T> change() {
    Caller caller = new Caller("service:story", "");
    return new Change<>(caller, "story", Optional.empty(), new byte[0], done -> new byte[0]);
  }

  private static <T> T done(CompletionStage<Answer<T>> stage) throws Exception {
    Answer<T> answer = stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    return ((Answer.Fresh<T>) answer).value();
  }

  /** Each ended before, or in the instant in which, the next began. */
  private static void assertOneAfterAnother(List<Task> order) {
    for (int i = 1; i < order.size(); i++) {
      assertThat(order.get(i - 1).endTime().orElseThrow())
          .as("%s ended before %s began", order.get(i - 1), order.get(i))
          .isBeforeOrEqualTo(order.get(i).startTime().orElseThrow());
    }
  }

  /** The log tells these moves in this order, and each begins where the one before ended. */
  private static void assertMoves(List<LogEvent> told, Move... moves) {
    List<TaskChange> changes = told.stream().map(event -> event.change().orElseThrow()).toList();
    assertThat(changes.stream().map(change -> change.move().orElseThrow())).containsExactly(moves);
    assertThat(changes.get(0).from()).isEmpty();
    for (int i = 1; i < changes.size(); i++) {
      assertThat(changes.get(i).from()).contains(changes.get(i - 1).to());
      assertThat(changes.get(i).version()).isGreaterThan(changes.get(i - 1).version());
      assertThat(told.get(i).time()).isAfterOrEqualTo(told.get(i - 1).time());
    }
  }
}
