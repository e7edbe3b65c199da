package io.tasklane.queue.dispatch;

import io.tasklane.commit.GroupCommitter;
import io.tasklane.fault.OngoingFaults;
import io.tasklane.node.LeaseKeeper;
import io.tasklane.queue.ownership.Rebalancing;
import io.tasklane.signal.ReadySignals;
import io.tasklane.task.complete.CompleteGroups;
import io.tasklane.task.complete.CompleteTasks;
import io.tasklane.task.run.HeldTasks;
import io.tasklane.task.run.TaskRunner;

/**
 * What the work of all queues shares.
 *
 * @param committer writes
 * @param completions completes and claims
 * @param groups completes and claims many at once
 * @param rebalancing takes and hands over queues
 * @param runner runs tasks
 * @param runCompletions decides what a run's end writes
 * @param lease of this node
 * @param signals is told what has become ready or will be due
 * @param held what threads of this node have in hand
 * @param faults is told what fails and is tried again
 */
public record DispatchTools(
    GroupCommitter committer,
    CompleteTasks completions,
    CompleteGroups groups,
    Rebalancing rebalancing,
    TaskRunner runner,
    RunCompletions runCompletions,
    LeaseKeeper lease,
    ReadySignals signals,
    HeldTasks held,
    OngoingFaults faults) {}
