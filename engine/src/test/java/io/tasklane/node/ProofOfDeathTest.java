package io.tasklane.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.time.SettableClock;
import io.tasklane.time.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lease ends early only on proof of death; no time passes in these tests. */
class ProofOfDeathTest {
  private final Database database = Postgres.empty();
  private final AtomicInteger gone = new AtomicInteger();
  @TempDir private Path folder;

  @Test
  void a_node_of_this_host_is_dead_when_its_process_lets_go_of_its_file_and_not_before()
      throws Exception {
    Path held = folder.resolve("held.lock");
    Process holder = LockHolder.start(held);
    row("held", Host.here(), held, id(held));
    row("free", Host.here(), free("free.lock"), id(free("free.lock")));
    try (LeaseKeeper keeper = keep()) {
      assertThat(keeper.isHeld()).isTrue();
      Until.isTrue("proof is looked for", () -> isDead("free"));
      assertThat(isDead("held")).isFalse();
      assertThat(isLockedByAnother(held)).as("looking does not free the lock").isTrue();
      int before = gone.get();
      holder.destroyForcibly().waitFor();
      Until.isTrue("the killed one is buried", () -> isDead("held"));
      Until.isTrue("and this node is told", () -> gone.get() > before);
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void a_free_file_proves_nothing_about_another_host_or_when_it_is_another_file() throws Exception {
    Path file = free("n.lock");
    row("elsewhere", "another-host/boot", file, id(file));
    row("container", Host.here(), file, "(dev=0,ino=1)");
    row("unknown", Host.here(), file, "");
    row("vanished", Host.here(), folder.resolve("none.lock"), id(file));
    row("free", Host.here(), file, id(file));
    try (LeaseKeeper keeper = keep()) {
      assertThat(keeper.isHeld()).isTrue();
      Until.isTrue("proof is looked for", () -> isDead("free"));
      assertThat(Postgres.number(database, "SELECT count(*) FROM node_lease WHERE dead")).isOne();
    }
  }

  @Test
  void a_node_that_stopped_in_good_order_is_noticed_by_its_free_file() throws Exception {
    Path held = folder.resolve("held.lock");
    Process holder = LockHolder.start(held);
    row("stopping", Host.here(), held, id(held));
    row("free", Host.here(), free("free.lock"), id(free("free.lock")));
    try (LeaseKeeper keeper = keep()) {
      Until.isTrue("it has seen it", () -> !keeper.isAlone());
      Until.isTrue("proof is looked for, and it is told", () -> gone.get() == 1);
      assertThat(keeper.isAlone()).isFalse();
      Postgres.run( // as it does itself when it stops; no time passes until the next renewal
          database, "UPDATE node_lease SET dead = true WHERE node = 'stopping'");
      holder.destroyForcibly().waitFor();
      Until.isTrue("this node is told", () -> gone.get() == 2);
      assertThat(keeper.isAlone()).isTrue();
    } finally {
      holder.destroyForcibly();
    }
  }

  @Test
  void a_node_that_starts_waits_for_those_who_look_at_its_file() throws Exception {
    Path file = Files.createDirectories(folder.resolve("nodes")).resolve("n1.lock");
    Process onlooker = LockHolder.start(file);
    CompletableFuture<Void> end =
        CompletableFuture.runAsync(
            onlooker::destroyForcibly,
            CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
    keep().close();
    end.join();
  }

  @Test
  void a_file_of_the_own_process_is_never_looked_at() throws Exception {
    try (NodeFile own = NodeFile.lock(folder, "n2")) {
      Path path = Path.of(own.file().path());
      assertThat(NodeFile.isFree(own.file())).isFalse();
      assertThatThrownBy(() -> NodeFile.lock(folder, "n2"))
          .isInstanceOf(IllegalStateException.class);
      assertThat(isLockedByAnother(path)).as("neither look has freed it").isTrue();
    }
  }

  private LeaseKeeper keep() {
    LeaseKeeper.Listener listener =
        new LeaseKeeper.Listener() {
          @Override
          public void leaseIsOver() {}

          @Override
          public void nodeIsGone() {
            gone.incrementAndGet();
          }
        };
    return new LeaseKeeper(database, "n1", folder, new SettableClock(), Thread::new, listener);
  }

  private Path free(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? file : Files.createFile(file);
  }

  private static String id(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey().toString();
  }

  /** Asks from a process of its own, as another node would. */
  private static boolean isLockedByAnother(Path file) throws IOException, InterruptedException {
    try {
      LockHolder.start(file).destroyForcibly().waitFor();
      return false;
    } catch (IOException refused) {
      return refused.getMessage().contains("refused");
    }
  }

  private boolean isDead(String node) {
    return Postgres.number(
            database, "SELECT count(*) FROM node_lease WHERE dead AND node = '" + node + "'")
        == 1;
  }

  private void row(String node, String host, Path file, String id) {
    Postgres.run(
        database,
        "INSERT INTO node_lease VALUES ('%s', 1, 1, false, '%s', '%s', now(), now(), '%s')"
            .formatted(node, host, file, id));
  }
}
