package io.tasklane.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random graphs end as the model says also where everything is killed in the middle. */
class GraphCrashIT {
  private static final int KILLS = Integer.getInteger("tasklane.kills", 1);
  private static final int GRAPHS_A_KILL = 12;

  @TempDir private Path folder;
  private RunningServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void graphs_end_as_the_model_says_after_a_kill_of_everything_in_the_middle() throws Exception {
    long seed = Long.getLong("tasklane.seed", System.nanoTime());
    System.out.println("graphs under kills: -Dtasklane.seed=" + seed);
    Random random = new Random(seed);
    server = RunningServer.start(folder.resolve("data"));
    for (int kill = 0; kill < KILLS; kill++) {
      List<GraphRun> runs = new ArrayList<>();
      for (int i = 0; i < GRAPHS_A_KILL; i++) {
        String id = "kill-" + Long.toHexString(seed) + "-" + kill + "-" + i;
        runs.add(new GraphRun(GraphPlan.draw(id, random), new Random(random.nextLong())));
      }
      runAndKill(runs, random.nextInt(1200));
      try (Client client = server.client()) {
        for (GraphRun run : runs) {
          run.check(client);
        }
      }
    }
    System.out.println(KILLS + " kills, " + KILLS * GRAPHS_A_KILL + " graphs as the model says");
  }

  private void runAndKill(List<GraphRun> runs, int afterMillis) throws Exception {
    try (Client client = server.client()) {
      runs.forEach(run -> run.create(client));
      CompletableFuture<Void> cancels =
          CompletableFuture.runAsync(
              () -> runs.forEach(r -> r.cancel(client, GraphPlan.Cancel.WHILE_THINGS_RUN)));
      Thread.sleep(afterMillis);
      server.killTree();
      cancels.get();
    }
    server = RunningServer.start(folder.resolve("data"));
  }
}
