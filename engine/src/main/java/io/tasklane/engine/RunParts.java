package io.tasklane.engine;

import io.tasklane.artifact.ArtifactStore;
import io.tasklane.effect.EffectService;
import io.tasklane.fact.FactService;
import io.tasklane.feature.EngineContext;
import io.tasklane.step.StepService;
import io.tasklane.task.TaskNames;
import io.tasklane.task.create.TaskAdmission;
import io.tasklane.task.run.CompleteInput;
import io.tasklane.task.run.RunWatch;
import io.tasklane.task.run.SaveCheckpoints;
import io.tasklane.task.run.StoredRunArtifacts;
import io.tasklane.task.run.TaskRunner;
import io.tasklane.task.type.Handlers;
import io.tasklane.time.Ticker;

/**
 * What runs use beside their tasks.
 *
 * @param handlers do the work
 * @param names generates the ids of children
 * @param admission checks inputs that are completed at the start
 * @param artifacts that runs open and keep
 * @param effects that runs record
 * @param facts that runs set
 */
record RunParts(
    Handlers handlers,
    TaskNames names,
    TaskAdmission admission,
    ArtifactStore artifacts,
    EffectService effects,
    FactService facts) {
  TaskRunner runner(EngineContext context, RunWatch watch) {
    return new TaskRunner(
        handlers,
        watch,
        context.clock(),
        names,
        new CompleteInput(context.database(), admission::checkComplete),
        new StoredRunArtifacts(artifacts),
        effects,
        facts,
        new StepService(context),
        task -> context.database().with(c -> SaveCheckpoints.find(c, task)),
        Ticker.SYSTEM);
  }
}
