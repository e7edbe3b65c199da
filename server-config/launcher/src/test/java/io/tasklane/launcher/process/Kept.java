package io.tasklane.launcher.process;

import io.tasklane.launcher.failure.CannotStart;
import io.tasklane.launcher.folder.DataFolder;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A component under its keeper, for tests; closing ends it. */
public final class Kept implements AutoCloseable {
  private final DataFolder data;
  private final Component component;
  private final Keeper keeper;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private Kept(DataFolder data, Component component) {
    this.data = data;
    this.component = component;
    this.keeper =
        new Keeper(
            component,
            new LogFile(data.log(component.name())),
            new RunRecord(data.run()),
            new RestartBudget(Clock.systemUTC(), RestartBudget.RESTARTS),
            said::add);
  }

  /** Starts it and waits until it serves. */
  public static Kept start(DataFolder data, Component component) throws Exception {
    data.create();
    Kept kept = new Kept(data, component);
    kept.keeper.begin();
    kept.keeper.ready().get(120, TimeUnit.SECONDS);
    return kept;
  }

  /** The process that is the component now. */
  public ProcessId process() {
    return new RunRecord(data.run()).read(component.name()).orElseThrow();
  }

  /** Kills it and waits until its successor serves. */
  public void killAndAwaitSuccessor() throws Exception {
    ProcessId former = process();
    former.kill();
    boolean back =
        Waiting.until(() -> !process().equals(former) && serves(), Duration.ofSeconds(120));
    if (!back) {
      throw new AssertionError(component.title() + " did not come back: " + said);
    }
  }

  private boolean serves() {
    try {
      return component.ready(process().pid());
    } catch (CannotStart never) {
      throw new AssertionError(never);
    }
  }

  @Override
  public void close() throws IOException {
    keeper.stop(Duration.ofSeconds(20));
  }
}
