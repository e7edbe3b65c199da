package io.tasklane.queue.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.database.Database;
import io.tasklane.database.Postgres;
import io.tasklane.node.Node;
import io.tasklane.time.Until;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many owners that ask at one moment who owns what share a read that began after they asked. */
@Timeout(60)
class OwnershipReadsTest {
  private static final int OWNERS = 6;
  private final Database database = Postgres.empty();
  private final AtomicInteger reads = new AtomicInteger();
  private final CountDownLatch go = new CountDownLatch(1);
  private final AtomicLong ticks = new AtomicLong();

  @Test
  void owners_that_ask_during_a_read_share_the_next_one() throws Exception {
    DataSource held =
        (DataSource)
            Proxy.newProxyInstance(
                DataSource.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, args) -> {
                  reads.incrementAndGet();
                  go.await();
                  return database.read();
                });
    Rebalancing rebalancing =
        new Rebalancing(
            null, null, new Database(held, held), () -> new Node("n1", 1), ticks::incrementAndGet);
    List<Thread> owners = new ArrayList<>();
    owners.add(started(rebalancing));
    Until.isTrue("the first reads", () -> reads.get() == 1);
    for (int i = 1; i < OWNERS; i++) {
      owners.add(started(rebalancing));
    }
    Until.isTrue(
        "the others have asked and wait",
        () ->
            owners.stream().filter(owner -> owner.getState() == Thread.State.BLOCKED).count()
                == OWNERS - 1);
    go.countDown();
    for (Thread owner : owners) {
      owner.join();
    }
    assertThat(reads).as("reads").hasValue(2);
    rebalancing.refresh();
    assertThat(reads).as("whoever asks afterwards reads anew").hasValue(3);
  }

  private static Thread started(Rebalancing rebalancing) {
    Thread owner = new Thread(rebalancing::refresh);
    owner.start();
    return owner;
  }
}
