package io.tasklane.differential;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.api.CopyOptions;
import io.tasklane.api.Creation;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Ownership;
import io.tasklane.key.QueueKey;
import io.tasklane.queue.admin.SetQueueState;
import io.tasklane.resource.ChangeResources;
import io.tasklane.resource.ResourceLimits;
import io.tasklane.task.Actor;
import io.tasklane.task.Task;
import io.tasklane.task.cancel.CancelTasks;
import io.tasklane.task.claim.IdleOwners;
import io.tasklane.task.complete.ClaimStatus;
import io.tasklane.task.complete.CompleteAndClaim;
import io.tasklane.task.complete.CompleteAndClaimResult;
import io.tasklane.task.complete.GroupCompletion;
import io.tasklane.task.complete.GroupResult;
import io.tasklane.task.complete.ReportProgress;
import io.tasklane.task.create.CopyTasks;
import io.tasklane.task.update.UpdateTasks;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Hands the commands of a script to the engine, and says in its words what became of them. */
final class EngineUnderTest {
  private static final int MOST_DUE = 400;
  private static final int MOST_TRIES = 20;

  /** What a command was answered, once it is durable. */
  interface Reply extends Supplier<String> {}

  private final EngineParts parts;
  private final EngineValues values;
  private final Nodes nodes;
  private final Map<String, Integer> claims = new HashMap<>();
  private final Map<Command.RunRef, Task> runs = new HashMap<>();

  EngineUnderTest(GroupCommitter committer, Connection connection, Script script) {
    this.parts = new EngineParts();
    this.values = EngineValues.begin(committer, connection, parts, script);
    this.nodes = new Nodes(connection);
  }

  /** What turns the script's values into those of the engine. */
  EngineValues values() {
    return values;
  }

  /** Something to hand in together with others. */
  @FunctionalInterface
  interface Entrance {
    /** Hands in a command. */
    <C, R> CompletableFuture<Answer<R>> enter(CommandKind<C, R> kind, C command, Change<R> change);
  }

  /** Hands in a command; its reply is asked for when all of the same transaction are in. */
  Reply enter(Entrance door, Command command) {
    if (command instanceof Command.Create create) {
      return client(
          door,
          parts.creation,
          values.tasks(create.tasks()),
          "create",
          create.requestId(),
          create.tasks(),
          Replies::created);
    } else if (command instanceof Command.CreateForIdle idle) {
      return createForIdle(door, idle);
    } else if (command instanceof Command.Turn turn) {
      CompleteAndClaim asked =
          new CompleteAndClaim(
              owner(turn.queue(), turn.node()), settle(turn.ended()), turn.claim());
      CompletableFuture<Answer<CompleteAndClaimResult>> reply =
          door.enter(parts.turns, asked, Replies.internal());
      return () -> turned(door, asked, Replies.answer(reply));
    } else if (command instanceof Command.Group group) {
      List<CompleteAndClaim.Completion> settles =
          group.ended().stream().map(end -> settle(Optional.of(end)).orElseThrow()).toList();
      Ownership owner = owner(group.queue(), group.node());
      CompletableFuture<Answer<GroupResult>> reply =
          door.enter(
              parts.groups, new GroupCompletion(owner, settles, group.ahead()), Replies.internal());
      return () -> grouped(door, owner, group.ahead(), Replies.answer(reply));
    } else if (command instanceof Command.TakeOver take) {
      return takeOver(door, take);
    }
    return enterPlain(door, command);
  }

  private Reply enterPlain(Entrance door, Command command) {
    if (command instanceof Command.Report report) {
      Task run = runs.get(report.run());
      ReportProgress.Report what =
          new ReportProgress.Report(run.id(), run.fencingToken(), values.progress(report.units()));
      return internal(door, parts.reports, what, kept -> kept ? "kept" : "stale");
    } else if (command instanceof Command.Cancel cancel) {
      CancelTasks.Cancel what =
          new CancelTasks.Cancel(
              cancel.task(), new Actor(Model.CLIENT, "no longer"), cancel.force());
      return client(
          door, parts.cancels, what, "cancel", cancel.requestId(), cancel, Replies::moved);
    } else if (command instanceof Command.Update update) {
      OptionalInt version =
          update.change().version().map(OptionalInt::of).orElse(OptionalInt.empty());
      UpdateTasks.Update what =
          new UpdateTasks.Update(
              update.task(), version, values.update(update.change()), Model.CLIENT);
      return client(
          door, parts.updates, what, "update", update.requestId(), update, Replies::moved);
    } else if (command instanceof Command.ReleaseDue) {
      return internal(door, parts.due, MOST_DUE, count -> "released " + count);
    } else if (command instanceof Command.Expire) {
      return internal(door, parts.expiry, MOST_DUE, count -> "looked");
    } else if (command instanceof Command.SetState wish) {
      SetQueueState.Request what =
          new SetQueueState.Request(
              new QueueKey(values.queue(wish.queue())),
              wish.queue(),
              wish.state(),
              new Actor(Model.CLIENT, "paused"));
      return internal(door, parts.states, what, queue -> queue.state() + " v" + queue.version());
    } else if (command instanceof Command.Repeat repeat) {
      return repeat(door, repeat);
    } else if (command instanceof Command.Discard discard) {
      return internal(door, parts.discards, values.discard(discard.task()), name -> name);
    } else if (command instanceof Command.Capacity capacity) {
      ChangeResources.Request what =
          new ChangeResources.Update(
              capacity.resource(),
              Optional.empty(),
              limits -> ResourceLimits.capacity(capacity.units()));
      return internal(door, parts.resources, what, r -> "capacity " + r.limits().capacity());
    }
    throw new IllegalArgumentException("nothing does " + command);
  }

  private Reply repeat(Entrance door, Command.Repeat repeat) {
    CopyTasks.Origin origin =
        repeat.deadLetter() ? CopyTasks.Origin.DEAD_LETTER : CopyTasks.Origin.TASK;
    CopyTasks.Request wish =
        new CopyTasks.Request(
            repeat.task(),
            origin,
            new CopyOptions(Optional.empty(), true),
            new Actor(Model.CLIENT, "once more"));
    CopyTasks kind =
        new CopyTasks(
            parts.creation,
            (task, needs, input, who) -> values.tasks(List.of(repeat.copy())).get(0));
    String method = repeat.deadLetter() ? "replay" : "retry";
    return client(
        door,
        kind,
        wish,
        method,
        repeat.requestId(),
        repeat,
        task -> task.taskId() + " " + task.state());
  }

  private Reply takeOver(Entrance door, Command.TakeOver take) {
    nodes.die(take.from());
    long start = nodes.start(take.to());
    int queue = values.queue(take.queue());
    return internal(
        door,
        parts.takes,
        parts.take(queue, take.to(), start),
        taken -> {
          taken.ifPresent(ownership -> nodes.owns(take.queue(), ownership));
          return taken.isPresent() ? "owned by " + take.to() : "not owned";
        });
  }

  /** The trip that creates may claim at once; where it did not, the owner asks for itself. */
  private Reply createForIdle(Entrance door, Command.CreateForIdle idle) {
    Ownership owner = owner(idle.queue(), idle.node());
    List<Task> claimed = new ArrayList<>();
    parts.idle =
        Optional.of(
            new IdleOwners.Idle() {
              @Override
              public Ownership ownership() {
                return owner;
              }

              @Override
              public void run(Task task) {
                claimed.add(task);
              }

              @Override
              public void isBusy() {
                // it looks for itself below
              }
            });
    CompletableFuture<Answer<List<Creation>>> reply =
        door.enter(
            parts.creation,
            values.tasks(idle.create().tasks()),
            Replies.change(
                "create", idle.create().requestId(), idle.create().tasks(), Replies::born));
    return () -> {
      String made = Replies.text(reply, Replies::born);
      parts.idle = Optional.empty();
      if (!claimed.isEmpty()) {
        return made + "; " + claimed(claimed.get(0));
      }
      CompleteAndClaim claim = new CompleteAndClaim(owner, Optional.empty(), true);
      return made
          + ";"
          + next(door, claim, Replies.answer(door.enter(parts.turns, claim, Replies.internal())));
    };
  }

  private Ownership owner(String queue, String node) {
    return nodes.ownership(queue, node, values.queue(queue));
  }

  private Optional<CompleteAndClaim.Completion> settle(Optional<Command.Ended> ended) {
    return ended.map(end -> values.settle(runs.get(end.run()), end));
  }

  private String turned(Entrance door, CompleteAndClaim asked, CompleteAndClaimResult result) {
    return result.completion() + (asked.claim() ? next(door, asked, result) : "");
  }

  private String next(Entrance door, CompleteAndClaim asked, CompleteAndClaimResult first) {
    CompleteAndClaimResult result = first;
    CompleteAndClaim again = new CompleteAndClaim(asked.owner(), Optional.empty(), true);
    for (int i = 0; i < MOST_TRIES && result.claimStatus() == ClaimStatus.ASK_AGAIN; i++) {
      result = Replies.answer(door.enter(parts.turns, again, Replies.internal()));
    }
    return " " + result.claimed().map(this::claimed).orElse(result.claimStatus().name());
  }

  private String claimed(Task task) {
    int number = claims.merge(task.taskId(), 1, Integer::sum);
    runs.put(new Command.RunRef(task.taskId(), number), task);
    return task.taskId() + "#" + task.attempt();
  }

  private String grouped(Entrance door, Ownership owner, int ahead, GroupResult first) {
    GroupResult result = first;
    GroupCompletion again = new GroupCompletion(owner, List.of(), ahead);
    for (int i = 0; i < MOST_TRIES && isUndecided(result); i++) {
      result = Replies.answer(door.enter(parts.groups, again, Replies.internal()));
    }
    List<String> tasks = result.claimed().stream().map(this::claimed).toList();
    List<String> settled = first.completions().stream().map(Enum::name).toList();
    String what = tasks.isEmpty() ? "" : String.join(",", tasks) + " ";
    return String.join(",", settled) + " " + what + result.claimStatus();
  }

  private static boolean isUndecided(GroupResult result) {
    return result.claimed().isEmpty() && result.claimStatus() == ClaimStatus.MORE;
  }

  private <C, R> Reply internal(
      Entrance door, CommandKind<C, R> kind, C command, Function<R, String> text) {
    CompletableFuture<Answer<R>> reply = door.enter(kind, command, Replies.internal());
    return () -> Replies.text(reply, text);
  }

  private <C, R> Reply client(
      Entrance door,
      CommandKind<C, R> kind,
      C command,
      String method,
      String requestId,
      Object body,
      Function<R, String> text) {
    CompletableFuture<Answer<R>> reply =
        door.enter(kind, command, Replies.change(method, requestId, body, text));
    return () -> Replies.text(reply, text);
  }
}
