package io.tasklane.workflow.run;

import static io.tasklane.workflow.definition.FailurePolicy.WAIT_ALL;
import static io.tasklane.workflow.run.Nodes.each;
import static io.tasklane.workflow.run.Nodes.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.tasklane.workflow.NodeKey;
import io.tasklane.workflow.state.WorkflowStatus;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryOfManyTest {
  /** In a first run there is nothing to look for; it evaluates the same expressions as a retry. */
  @Test
  void retrying_members_that_fail_at_once_again_takes_no_longer_than_their_first_run() {
    int copies = 15_000;
    WorkflowTester workflow = oneAfterTheOther(copies);
    long first = processorTime(workflow::begin);
    workflow.ends(WorkflowStatus.State.FAILED);
    long second = processorTime(workflow::retry);
    workflow.ends(WorkflowStatus.State.FAILED);
    assertThat(workflow.touched).isEqualTo(copies + 1);
    assertThat(workflow.instances.get(WorkflowTester.key("e")).counts().failed()).isEqualTo(copies);
    assertThat(second).isLessThan(5 * first);
  }

  private static long processorTime(Runnable decision) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    decision.run();
    return threads.getCurrentThreadCpuTime() - before;
  }

  @Test
  void members_that_wait_for_their_retry_are_read_in_proportion_to_their_number() {
    int copies = 2_000;
    WorkflowTester workflow = oneAfterTheOther(copies);
    workflow.facts.put("ready", true);
    workflow.begin();
    for (int i = 0; i < copies; i++) {
      workflow.fail("a", i);
    }
    workflow.retry();
    assertThat(workflow.started()).containsExactly("a[0]");
    workflow.facts.clear();
    workflow.fail("a", 0).ends(WorkflowStatus.State.FAILED);
    assertThat(workflow.touched).isEqualTo(copies + 1);
    assertThat(workflow.lookups).isLessThan(10 * copies);
  }

  @Test
  void members_are_retried_in_the_order_of_their_positions() {
    WorkflowTester workflow =
        WorkflowTester.begun(each("e", "[0, 1, 2, 3, 4, 5]", 1, 2, WAIT_ALL, task("a")));
    for (int i : List.of(1, 0, 2, 3, 5, 4)) {
      workflow.fail("a", i);
    }
    workflow.retry(NodeKey.of("e"));
    assertThat(workflow.started()).containsExactly("a[0]", "a[1]");
    workflow.give("a", 1, 1);
    assertThat(workflow.started()).containsExactly("a[2]");
    workflow.fail("a", 0);
    assertThat(workflow.started()).containsExactly("a[3]");
  }

  private static WorkflowTester oneAfterTheOther(int copies) {
    return WorkflowTester.of(
            each("e", "inputs.l", 1, 1, WAIT_ALL, task("a", Map.of("ready", "facts.ready"))))
        .inputs(Map.of("l", Collections.nCopies(copies, 1)));
  }
}
