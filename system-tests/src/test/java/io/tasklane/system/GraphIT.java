package io.tasklane.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Random graphs of tasks end exactly as a plain reference model says. */
@ExtendWith(SharedServer.class)
class GraphIT {
  private static final int GRAPHS = Integer.getInteger("tasklane.graphs", 120);
  private static final int AT_ONCE = 30;
  private static final List<String> QUEUES = List.of(Client.PORTFOLIO, Client.DATA, Client.AI);

  @Test
  void random_graphs_with_failures_cancels_and_retries_end_as_the_model_says(Client client) {
    long seed = Long.getLong("tasklane.seed", System.nanoTime());
    System.out.println("random graphs: -Dtasklane.seed=" + seed);
    Random random = new Random(seed);
    int tasks = 0;
    for (int done = 0; done < GRAPHS; done += AT_ONCE) {
      List<GraphRun> runs = new ArrayList<>();
      for (int i = done; i < Math.min(GRAPHS, done + AT_ONCE); i++) {
        String id = "graph-" + Long.toHexString(seed) + "-" + i;
        runs.add(new GraphRun(GraphPlan.draw(id, random), random));
      }
      run(client, runs);
      tasks += runs.stream().mapToInt(run -> run.plan().nodes().size()).sum();
    }
    System.out.println(GRAPHS + " graphs of " + tasks + " tasks ended as the model says");
  }

  private static void run(Client client, List<GraphRun> runs) {
    QUEUES.forEach(client::pause);
    try {
      for (GraphRun run : runs) {
        run.create(client);
        run.cancel(client, GraphPlan.Cancel.BEFORE_ANYTHING_RUNS);
      }
    } finally {
      QUEUES.forEach(client::resume);
    }
    for (GraphRun run : runs) {
      run.cancel(client, GraphPlan.Cancel.WHILE_THINGS_RUN);
    }
    for (GraphRun run : runs) {
      run.check(client);
    }
  }
}
