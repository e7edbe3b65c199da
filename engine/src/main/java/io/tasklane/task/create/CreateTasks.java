package io.tasklane.task.create;

import io.tasklane.api.Creation;
import io.tasklane.api.Refusal;
import io.tasklane.artifact.ArtifactUses;
import io.tasklane.commit.Again;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.IdempotentRequest;
import io.tasklane.commit.Intake;
import io.tasklane.commit.Outcome;
import io.tasklane.commit.PipelinedTransaction;
import io.tasklane.dependency.Dependency;
import io.tasklane.dependency.DependencyResolver;
import io.tasklane.dependency.NeedRows;
import io.tasklane.key.QueueKey;
import io.tasklane.key.TaskKey;
import io.tasklane.queue.limit.QueueRooms;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.Task;
import io.tasklane.task.claim.ClaimConditions;
import io.tasklane.task.claim.ClaimSql;
import io.tasklane.task.claim.ClaimStatement;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.row.NewTask;
import io.tasklane.task.row.PlannedTask;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates tasks. One command is a list that is created whole or not at all; all commands of a batch
 * are one statement. A task whose deduplication key belongs to an unfinished one is not created:
 * that one is the answer.
 */
public final class CreateTasks implements CommandKind<List<NewTask>, List<Creation>> {
  private final DependencyResolver resolver;
  private final ReadySignals signals;
  private final IdleOwners owners;
  private final PipelinedCreation.AndClaim andClaim;

  /**
   * Creates the command with the parts it uses.
   *
   * @param resolver decides which of them may start
   * @param signals sent for every task that is ready or will become due
   * @param owners for which a single new task is claimed at once, if one is idle
   * @param claim claims it
   */
  public CreateTasks(
      DependencyResolver resolver, ReadySignals signals, IdleOwners owners, ClaimStatement claim) {
    this.resolver = resolver;
    this.signals = signals;
    this.owners = owners;
    this.andClaim = PipelinedCreation.AndClaim.of(claim);
  }

  /** Creates tasks and claims for nobody. */
  public CreateTasks(DependencyResolver resolver, ReadySignals signals) {
    this(
        resolver,
        signals,
        IdleOwners.NONE,
        new ClaimStatement(new ClaimSql(new ClaimConditions(List.of()))));
  }

  @Override
  public CommandOrder order() {
    return CommandOrder.CREATE_TASKS;
  }

  @Override
  public Set<QueueKey> targetQueues(List<NewTask> command) {
    return NewTask.queuesOf(command);
  }

  @Override
  public Set<String> keysOf(List<NewTask> command) {
    return command.stream()
        .flatMap(task -> task.rules().orderingKey().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public Optional<PipelinedTransaction<List<Creation>>> pipelined(List<List<NewTask>> commands) {
    return commands.size() == 1
        ? PipelinedCreation.of(andClaim, commands.get(0), Optional.empty(), signals, owners)
        : Optional.empty();
  }

  @Override
  public Optional<PipelinedTransaction<List<Creation>>> pipelined(
      List<NewTask> command, IdempotentRequest<List<Creation>> request) {
    return PipelinedCreation.of(andClaim, command, Optional.of(request), signals, owners);
  }

  @Override
  public List<Outcome<List<Creation>>> execute(Batch batch, List<List<NewTask>> commands)
      throws SQLException {
    return create(batch, commands, ofClients(batch, commands));
  }

  private static IntakeCheck ofClients(Batch batch, List<List<NewTask>> commands)
      throws SQLException {
    Set<QueueKey> limited = new HashSet<>();
    for (List<NewTask> command : commands) {
      for (QueueKey queue : NewTask.queuesOf(command)) {
        if (batch.intake(queue).filter(Intake.LIMITED::equals).isPresent()) {
          limited.add(queue);
        }
      }
    }
    return IntakeCheck.ofClients(batch::intake, QueueRooms.lock(batch, limited));
  }

  private List<Outcome<List<Creation>>> create(
      Batch batch, List<List<NewTask>> commands, IntakeCheck intake) throws SQLException {
    CreationBatch wanted = new CreationBatch(batch.connection(), commands, resolver);
    List<Outcome<CreationBatch.Accepted>> accepted = new ArrayList<>();
    for (List<NewTask> command : commands) {
      accepted.add(wanted.accept(command, intake));
    }
    List<PlannedTask> arrivals = OrderingLines.enter(batch.connection(), wanted.arrivals());
    Map<String, Task> created = InsertTasks.insert(batch, arrivals, signals);
    OrderingLines.lineUp(batch.connection(), arrivals, created);
    keepNeeds(batch.connection(), wanted, created);
    wanted.keepUnits(batch.connection(), created.values());
    ArtifactUses.ofInputs(batch.connection(), created.values());
    List<Outcome<List<Creation>>> outcomes = new ArrayList<>();
    for (Outcome<CreationBatch.Accepted> outcome : accepted) {
      outcomes.add(answer(outcome, created));
    }
    return outcomes;
  }

  private static void keepNeeds(
      Connection connection, CreationBatch wanted, Map<String, Task> created) throws SQLException {
    List<NeedRows.Need> needs = new ArrayList<>();
    for (PlannedTask arrival : wanted.arrivals()) {
      for (Dependency dependency : arrival.task().start().dependencies()) {
        Task inBatch = created.get(dependency.taskId());
        TaskKey need = inBatch == null ? wanted.existing(dependency.taskId()) : inBatch.id();
        TaskKey task = created.get(arrival.task().taskId()).id();
        needs.add(new NeedRows.Need(need, task, dependency.policy()));
      }
    }
    NeedRows.add(connection, needs);
  }

  private static Outcome<List<Creation>> answer(
      Outcome<CreationBatch.Accepted> outcome, Map<String, Task> created) {
    if (outcome instanceof Outcome.Done<CreationBatch.Accepted> done) {
      return Outcome.done(done.result().creations(created));
    }
    return outcome instanceof Outcome.Refused<CreationBatch.Accepted> refused
        ? Outcome.refused(refused.refusal())
        : Outcome.again();
  }

  /**
   * What {@link #execute} would create, without a row.
   *
   * @throws Refusal as the command would be refused
   */
  public Creation preview(Connection connection, NewTask task) throws SQLException {
    CreationBatch wanted = new CreationBatch(connection, List.of(List.of(task)), resolver);
    IntakeCheck intake =
        IntakeCheck.ofClients(
            queue -> Intake.seen(connection, queue),
            QueueRooms.seen(connection, Set.of(task.queue())));
    Outcome<CreationBatch.Accepted> outcome = wanted.accept(List.of(task), intake);
    if (outcome instanceof Outcome.Refused<CreationBatch.Accepted> refused) {
      throw refused.refusal();
    }
    Map<String, Task> fresh = new HashMap<>();
    for (PlannedTask arrival : wanted.arrivals()) {
      fresh.put(task.taskId(), InsertTasks.preview(connection, arrival));
    }
    return ((Outcome.Done<CreationBatch.Accepted>) outcome).result().creations(fresh).get(0);
  }

  /**
   * Creates the children of a run, or tasks that follow from its end, as a part of the command that
   * completes it.
   *
   * @throws Refusal where one of them cannot be created; nothing is written then
   */
  public List<Creation> createOfRun(Batch batch, List<NewTask> tasks) throws SQLException {
    return createWithin(batch, tasks, IntakeCheck.ofRuns(batch::intake));
  }

  /**
   * Creates tasks that a client asks for, as a part of another command.
   *
   * @return the tasks, or those that have their deduplication keys already, in their order
   * @throws Refusal where one of them cannot be created; nothing is written then
   */
  public List<Creation> createOfClient(Batch batch, List<NewTask> tasks) throws SQLException {
    return createWithin(batch, tasks, ofClients(batch, List.of(tasks)));
  }

  /**
   * Creates the tasks of a schedule, as a part of another command: also in a queue that is full,
   * because nobody would create them later.
   *
   * @throws Refusal where one of them cannot be created; nothing is written then
   */
  public List<Creation> createOfSchedule(Batch batch, List<NewTask> tasks) throws SQLException {
    return createWithin(batch, tasks, IntakeCheck.ofSchedules(batch::intake));
  }

  private List<Creation> createWithin(Batch batch, List<NewTask> tasks, IntakeCheck intake)
      throws SQLException {
    if (tasks.isEmpty()) {
      return List.of();
    }
    Outcome<List<Creation>> outcome = create(batch, List.of(tasks), intake).get(0);
    if (outcome instanceof Outcome.Refused<List<Creation>> refused) {
      throw refused.refusal();
    }
    if (outcome instanceof Outcome.Again<List<Creation>>) {
      // the whole command is rolled back and tried again
      throw Again.because("a queue begins to drain, or is deleted, just now");
    }
    return ((Outcome.Done<List<Creation>>) outcome).result();
  }
}
