package io.tasklane.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random graphs end as the model says also where everything is killed in the middle. */
@ExtendWith(RestartedServer.Shared.class)
class GraphCrashIT {
  private static final int KILLS = Integer.getInteger("tasklane.kills", 1);
  private static final int GRAPHS_A_KILL = 12;

  @Test
  void graphs_end_as_the_model_says_after_a_kill_of_everything_in_the_middle(
      RestartedServer restarted) throws Exception {
    long seed = Long.getLong("tasklane.seed", System.nanoTime());
    System.out.println("graphs under kills: -Dtasklane.seed=" + seed);
    Random random = new Random(seed);
    for (int kill = 0; kill < KILLS; kill++) {
      List<GraphRun> runs = new ArrayList<>();
      for (int i = 0; i < GRAPHS_A_KILL; i++) {
        String id = "kill-" + Long.toHexString(seed) + "-" + kill + "-" + i;
        runs.add(new GraphRun(GraphPlan.draw(id, random), new Random(random.nextLong())));
      }
      runAndKill(restarted, runs, random.nextInt(1200));
      try (Client client = restarted.running().client()) {
        for (GraphRun run : runs) {
          run.check(client);
        }
      }
    }
    System.out.println(KILLS + " kills, " + KILLS * GRAPHS_A_KILL + " graphs as the model says");
  }

  private static void runAndKill(RestartedServer restarted, List<GraphRun> runs, int afterMillis)
      throws Exception {
    RunningServer server = restarted.running();
    try (Client client = server.client()) {
      runs.forEach(run -> run.create(client));
      CompletableFuture<Void> cancels =
          CompletableFuture.runAsync(
              () -> runs.forEach(r -> r.cancel(client, GraphPlan.Cancel.WHILE_THINGS_RUN)));
      Thread.sleep(afterMillis);
      server.killTree();
      cancels.get();
    }
    restarted.startAgain();
  }
}
