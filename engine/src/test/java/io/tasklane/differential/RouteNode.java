package io.tasklane.differential;

import io.tasklane.api.Answer;
import io.tasklane.api.Change;
import io.tasklane.commit.Batch;
import io.tasklane.commit.CommandKind;
import io.tasklane.commit.CommandOrder;
import io.tasklane.commit.CuttingProxy;
import io.tasklane.commit.Gate;
import io.tasklane.commit.GroupCommitter;
import io.tasklane.commit.Outcome;
import io.tasklane.database.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** A node's writer, whose batches a route assembles and whose connection it cuts. */
final class RouteNode implements AutoCloseable {
  private static final Runnable NOTHING = () -> {};

  /** A command that does nothing, and is of another kind than all others. */
  private static final class Companion implements CommandKind<String, Boolean> {
    @Override
    public CommandOrder order() {
      return CommandOrder.DISCARD_DEAD_LETTERS;
    }

    @Override
    public List<Outcome<Boolean>> execute(Batch batch, List<String> commands) {
      return commands.stream().map(c -> Outcome.done(true)).toList();
    }
  }

  private final Companion companion = new Companion();
  private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(NOTHING);
  private final Optional<CuttingProxy> network;
  private final GroupCommitter committer;
  private final Route route;

  RouteNode(ScriptDatabase database, Route route) {
    this.route = route;
    this.network = route.cuts() ? Optional.of(network()) : Optional.empty();
    this.committer =
        new GroupCommitter(
            network.map(database::behind).orElseGet(database::direct),
            Thread::new,
            () -> afterCommit.getAndSet(NOTHING).run());
  }

  private static CuttingProxy network() {
    try {
      return new CuttingProxy(Postgres.port());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  GroupCommitter committer() {
    return committer;
  }

  /** Runs commands, each in a transaction of its own. */
  List<String> oneByOne(
      EngineUnderTest engine, List<Command> commands, Optional<CuttingProxy.Cut> cut) {
    List<String> outcomes = new ArrayList<>();
    for (Command command : commands) {
      if (!route.companion()) {
        cut.ifPresent(where -> network.orElseThrow().cutNext(where));
      }
      outcomes.add(engine.enter(door(), command).get());
    }
    return outcomes;
  }

  /** Runs commands, all in one transaction. */
  List<String> together(
      EngineUnderTest engine, List<Command> commands, Optional<CuttingProxy.Cut> cut) {
    List<EngineUnderTest.Reply> replies = new ArrayList<>();
    Gate.oneBatch(
        committer,
        () -> {
          for (Command command : commands) {
            replies.add(engine.enter(this::handIn, command));
          }
          if (route.companion()) {
            committer.handIn(companion, "");
          }
          cut.ifPresent( // the commit of the gate passes
              where -> afterCommit.set(() -> network.orElseThrow().cutNext(where)));
        });
    return replies.stream().map(EngineUnderTest.Reply::get).toList();
  }

  private <C, R> CompletableFuture<Answer<R>> handIn(
      CommandKind<C, R> kind, C command, Change<R> change) {
    return committer.handIn(kind, command, change);
  }

  private EngineUnderTest.Entrance door() {
    return route.companion() ? this::withCompanion : committer::submit;
  }

  private <C, R> CompletableFuture<Answer<R>> withCompanion(
      CommandKind<C, R> kind, C command, Change<R> change) {
    List<CompletableFuture<Answer<R>>> reply = new ArrayList<>();
    Gate.oneBatch(
        committer,
        () -> {
          reply.add(committer.handIn(kind, command, change));
          committer.handIn(companion, "");
        });
    return reply.get(0);
  }

  @Override
  public void close() {
    committer.close();
    try {
      if (network.isPresent()) {
        network.get().close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
